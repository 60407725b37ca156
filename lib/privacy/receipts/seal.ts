import { randomBytes } from "node:crypto";
import { openFor, sealFor } from "#lib/auth/secret.ts";

const PURPOSE = "erasure subject";

/** Seals what is needed for a while of whom an erasure was about, so that the database alone does not tell it. */
export function sealSubject(text: string): string {
  return sealFor(PURPOSE, text, { nonce: randomBytes(12) }).toString("base64");
}

/** @throws Error when it was sealed with another secret, or changed. */
export function openSubject(sealed: string): string {
  return openFor(PURPOSE, Buffer.from(sealed, "base64"));
}
