export const RECEIPT_STATUSES = ["pending", "confirmed", "residue"] as const;
export type ReceiptState = (typeof RECEIPT_STATUSES)[number];

export const ERASURE_SCOPES = ["person", "session", "message", "episode", "fact"] as const;

/** A receipt says how things were when it was proved; after so many days it is to be proved again. */
const VALID_DAYS = 90;

export function getValidUntil(provenAt: Date): Date {
  return new Date(provenAt.getTime() + VALID_DAYS * 86_400_000);
}

export type ReceiptScope = (typeof ERASURE_SCOPES)[number];

/** What was erased, in a word. */
const SCOPE_WORDS: Record<ReceiptScope, string> = {
  person: "a user",
  session: "a session",
  message: "a message",
  episode: "a source",
  fact: "a fact",
};

/** What a receipt is about, in a word. */
export function describeErased({ scope, known }: { scope: ReceiptScope; known: boolean }): string {
  return known ? SCOPE_WORDS[scope] : "nobody known";
}

/** What a receipt does not prove, in the words that it says so itself. */
export const NOT_PROVED = [
  "It is signed by the operator of this instance: it says what their software did and measured.",
  "Write-ahead logs and backups of the database held the data and age out by themselves; a restored backup is erased again from the journal.",
  "Copies outside of this instance (exports that were downloaded, language models that were asked, the applications themselves) are not reached.",
  "What others wrote was searched for ids, e-mail addresses and the full name; a first name, a nickname or a description was not.",
] as const;
