/** A fact's sentence with the places of its ends still open, and the value that stands in it where it has one. */
export interface Sentence {
  template: string;
  value: string | null;
}

/** Whom and what a sentence names in the form of a fact. */
export interface Restated {
  subject: string;
  /** Null where the form has no place for one: "Ana is retired". */
  object: string | null;
}

/**
 * Reads a corrected sentence by the form of the fact that it corrects: "Ana works at Globex" by "{subject} works at {object}".
 * A fact with a value has it in its form, which is opened there. @returns null where the sentence has another form.
 */
export function readRestated(sentence: Sentence, words: string): Restated | null {
  const parts = openForm(sentence).split(/(\{subject\}|\{object\})/);
  const pattern = parts.map((part) => PLACES[part] ?? escapeForPattern(part)).join("");
  const groups = new RegExp(`^${pattern}$`, "iu").exec(words.trim())?.groups;
  return groups?.subject ? { subject: groups.subject, object: groups.object ?? null } : null;
}

/** The form that a corrected sentence has to keep, as it is shown: "Ana works at …". */
export function showForm(sentence: Sentence, subject: string): string {
  return openForm(sentence)
    .replace("{object}", "…")
    .replace("{subject}", () => subject);
}

/** Puts another value into the form of a fact that has one. */
export function replaceValue(sentence: Sentence, value: string): string {
  return openForm(sentence).replace("{object}", () => value);
}

/** The value stands last in its form, so that a label which has the same word stays. */
function openForm({ template, value }: Sentence): string {
  const at = value === null || template.includes("{object}") ? -1 : template.lastIndexOf(value);
  if (value === null || at < 0) return template;
  return `${template.slice(0, at)}{object}${template.slice(at + value.length)}`;
}

const PLACES: Readonly<Record<string, string>> = { "{subject}": "(?<subject>.+?)", "{object}": "(?<object>.+?)[.!]?" };

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
