import { readJson } from "#components/ui/read-json.ts";

/** Texts and tokens seen in this tab, so that going back or typing the same text again needs no request. */
const textOf = new Map<string, string>();
const tokenOf = new Map<string, string>();

function cachePair(token: string, text: string): void {
  textOf.set(token, text);
  tokenOf.set(text, token);
}

/** The token that stands for a text in URLs. The text travels in a request's body, never in an address. */
export async function sealText(text: string): Promise<string> {
  const known = tokenOf.get(text);
  if (known) return known;
  const { token } = await exchangeSealed<{ token: string }>({ text });
  cachePair(token, text);
  return token;
}

/** The text behind a token; empty when it cannot be opened here. */
export async function unsealToken(token: string): Promise<string> {
  const known = textOf.get(token);
  if (known !== undefined) return known;
  const { text } = await exchangeSealed<{ text: string | null }>({ token });
  if (text !== null) cachePair(token, text);
  return text ?? "";
}

function exchangeSealed<T>(body: { text: string } | { token: string }): Promise<T> {
  return readJson<T>("/sealed-text", { method: "POST", body: JSON.stringify(body) });
}
