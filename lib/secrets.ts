/** What is said of a password, a number or a key that gives access, up to the value itself. */
const NAMES_SECRET =
  /\b(?:passwords?|passcodes?|pass ?phrase|pin(?: code| number)?|cvv|cvc|security code|(?:credit |debit )?card number|api keys?|secret keys?|private keys?|access token|ssn|social security number)\b\s*(?:is|are|was|:|=)\s*/i;

/** As payment cards are numbered (ISO/IEC 7812), in groups or as one. */
const CARD_NUMBER = /(?<![\d-])\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}(?![\d-])/g;
/** How keys of well-known services begin. */
const KEY = /\b(?:sk|pk|rk)[-_][\w-]{16,}|\bgh[pousr]_\w{20,}|\bAKIA[0-9A-Z]{16}\b|\bxox[abp]-[\w-]{10,}/g;

/** Whether a sentence tells a secret. */
export function tellsSecret(sentence: string): boolean {
  return NAMES_SECRET.test(sentence);
}

/** Replaces numbers of payment cards and keys of services. */
export function replaceAccessCodes(text: string, replace: (code: string) => string): string {
  return text.replace(CARD_NUMBER, replace).replace(KEY, replace);
}

const MASK = "••••••";
/** The value behind "my password is": one run of characters, in quotation marks or not. */
const NAMED_VALUE = new RegExp(
  `(?<named>${NAMES_SECRET.source})(?<value>["'“]?[^\\s"'”,;]+(?:[ -]\\d{2,6}){0,4}["'”]?)`,
  "gi",
);

/**
 * A text as memory and the console show it: passwords, keys and numbers of cards are masked. What an application sent stays as
 * it sent it, and is given back so.
 */
export function maskSecrets(text: string): string {
  return replaceAccessCodes(text, () => MASK).replace(NAMED_VALUE, (_, named: string) => `${named}${MASK}`);
}
