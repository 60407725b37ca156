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
    const before = taken.get(`${subject} ${kind}`) ?? 0;
    taken.set(`${subject} ${kind}`, before + 1);
    return before < MOST_IN_TEXT;
  });
}

/** A pattern of LIKE for the value anywhere in a text. */
export function toLikePattern(value: string): string {
  return `%${value.replace(/[\\%_]/g, "\\$&")}%`;
}

/** A regular expression of PostgreSQL for the value as words of their own. */
export function toWordPattern(value: string): string {
  const literal = value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return `(^|[^[:alnum:]_-])${literal}($|[^[:alnum:]_-])`;
}

/** The value as JSON writes it in a text, without the quotes. */
export function toJsonText(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
