/** What kind of thing a person is sought by. */
export type NeedleKind = "uuid" | "user_id" | "session_id" | "email" | "name";

/** Somebody or something that is gone, or will be, by everything it was called. */
export interface Sought {
  /** The person whose rows are their own. */
  person: string;
  names: { kind: NeedleKind; value: string }[];
}

/** One thing that is sought in everything that is stored. */
export interface Needle {
  /** Whose it is, by the place in the list of what is sought. */
  subject: number;
  kind: NeedleKind;
  value: string;
}

/** Above so many names of one kind, as of a person with many conversations, the rest is sought as whole values alone. */
const MOST_IN_TEXT = 10;

/** Shorter ids, and short numbers, are words of any text: they are sought as whole values alone. */
const SHORTEST_IN_TEXT = 4;
const SHORTEST_NUMBER_IN_TEXT = 7;

/** So are ids of letters alone, such as "user" or "name", unless they are longer than words are. */
const LONGEST_WORD = 15;

/** A person, as they are called while they are here. */
export interface NamedPerson {
  uuid: string;
  userId: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  /** By the application's ids and by ours. */
  sessions: { uuid: string; sessionId: string }[];
}

/** Everything a person is sought by. A first or a last name alone is anybody's, and is not. */
export function nameSought({ uuid, userId, email, firstName, lastName, sessions }: NamedPerson): Sought {
  const names: [NeedleKind, string | null][] = [
    ["uuid", uuid],
    ["user_id", userId],
    ["email", email],
    ["name", firstName && lastName ? `${firstName} ${lastName}` : null],
    ...sessions.map((session): [NeedleKind, string] => ["uuid", session.uuid]),
    ...sessions.map((session): [NeedleKind, string] => ["session_id", session.sessionId]),
  ];
  return { person: uuid, names: names.flatMap(([kind, value]) => (value ? [{ kind, value }] : [])) };
}

export function listNeedles(sought: readonly Sought[]): Needle[] {
  return sought.flatMap(({ names }, subject) => names.map((name) => ({ ...name, subject })));
}

/** Which needles are sought inside of longer texts: those that can be told from other words, and not too many. */
export function selectForText(needles: readonly Needle[]): Needle[] {
  const taken = new Map<string, number>();
  return needles.filter(({ subject, kind, value }) => {
    if (value.length < SHORTEST_IN_TEXT || (/^\d+$/.test(value) && value.length < SHORTEST_NUMBER_IN_TEXT))
      return false;
    const isId = kind === "user_id" || kind === "session_id";
    if (isId && /^\p{L}+$/u.test(value) && value.length <= LONGEST_WORD) return false;
    const before = taken.get(`${subject} ${kind}`) ?? 0;
    taken.set(`${subject} ${kind}`, before + 1);
    return before < MOST_IN_TEXT;
  });
}

/** The ways in which a value is written: in plain text, in JSON with and without letters beyond ASCII, composed or not. */
export function listForms(value: string): string[] {
  const composed = [value, value.normalize("NFC"), value.normalize("NFD")];
  return [...new Set(composed.flatMap((form) => [form, toJsonText(form), toAsciiJson(form)]))];
}

/** A pattern of LIKE for a form anywhere in a text, whatever stands between its words. */
export function toLikePattern(form: string): string {
  return `%${form.replace(/[\\%_]/g, "\\$&").replace(/\s+/g, "%")}%`;
}

/** A regular expression of PostgreSQL for a form as words of their own, any space between them, in JSON or not. */
export function toWordPattern(form: string): string {
  const words = form.split(/\s+/).map(escapePattern).join("([[:space:]\u00a0]|\\\\[nrt])+");
  return `(^|[^[:alnum:]_-]|\\\\[bfnrt]|\\\\u[0-9a-f]{4})${words}($|[^[:alnum:]_-])`;
}

/** The same for JavaScript, without the mark of a beginning: whatever letters are is told by Unicode. */
export function toWordSource(form: string): string {
  const words = form.split(/\s+/).map(escapePattern).join("(?:\\s|\\\\[nrt])+");
  return `(?:(?<![\\p{L}\\p{N}_-])|(?<=\\\\[bfnrt])|(?<=\\\\u[0-9a-f]{4}))${words}(?![\\p{L}\\p{N}_-])`;
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** The value as JSON writes it in a text, without the quotes. */
function toJsonText(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** The same where JSON is written with ASCII alone, as some libraries do; in small letters, as everything is compared. */
function toAsciiJson(value: string): string {
  return toJsonText(value).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
