"use client";

import { readJson } from "#components/ui/read-json.ts";

/** Texts and tokens met in this tab, so that Back and retyping ask nobody. */
const textOf = new Map<string, string>();
const tokenOf = new Map<string, string>();

function remember(token: string, text: string): void {
  textOf.set(token, text);
  tokenOf.set(text, token);
}

/** The token that stands for a text in URLs. The text travels in a request's body, never in an address. */
export async function seal(text: string): Promise<string> {
  const known = tokenOf.get(text);
  if (known) return known;
  const { token } = await exchange<{ token: string }>({ text });
  remember(token, text);
  return token;
}

/** The text behind a token; empty when it cannot be opened here. */
export async function open(token: string): Promise<string> {
  const known = textOf.get(token);
  if (known !== undefined) return known;
  const { text } = await exchange<{ text: string | null }>({ token });
  if (text !== null) remember(token, text);
  return text ?? "";
}

function exchange<T>(body: { text: string } | { token: string }): Promise<T> {
  return readJson<T>("/sealed-text", { method: "POST", body: JSON.stringify(body) });
}
