import { type Anchor, findAnchor, findPeriod, type Period } from "#lib/graph/search/period.ts";

/** Somebody who speaks in a graph's conversations; the person may do so without being named there. */
export interface SpeakerName {
  name: string;
  isPerson: boolean;
}

/** What a question asks for beside its words. */
export interface Question {
  text: string;
  /** The one speaker whom it names. */
  speaker: SpeakerName | null;
  /** It asks for a time. */
  asksWhen: boolean;
  /** The time that it is about. */
  period: Period | null;
  /** What happened, whose time is to be found first. */
  anchor: Anchor | null;
}

const ASKS_WHEN =
  /^\s*(when|how long|what (date|day|month|year|time)|which (date|day|month|year)|since when|how many (days|weeks|months|years))\b/i;

/** What is longer is no question but the last of a conversation, whose times are its own. */
const LONGEST_QUESTION = 300;

/**
 * Parses a question. The name of a speaker is not searched for, unless nothing else is asked, because turns name the
 * listener and not the speaker. A time is not searched for either; it says what is likelier.
 */
export function parseQuestion(query: string, speakers: readonly SpeakerName[], now = new Date()): Question {
  const isQuestion = query.length <= LONGEST_QUESTION;
  const dated = isQuestion ? findPeriod(query, now) : null;
  const bare = dated?.rest ?? query;
  const nameless = speakers.reduce((text, { name }) => text.replaceAll(makeNamePattern(name), " "), bare);
  const named = speakers.filter(({ name }) => makeNamePattern(name).test(query));
  return {
    text: /[\p{L}\p{N}]{3,}/u.test(nameless) ? nameless : query,
    speaker: named.length === 1 ? (named[0] ?? null) : null,
    asksWhen: ASKS_WHEN.test(query),
    period: dated?.period ?? null,
    anchor: isQuestion && !dated ? findAnchor(query) : null,
  };
}

/** A name as it may stand in a question, also short: "Mel" for Melanie. */
function makeNamePattern(name: string): RegExp {
  const parts = name.split(/\s+/).filter((part) => part.length > 1);
  const forms = [name, ...parts, ...parts.filter((part) => part.length > 5).map((part) => part.slice(0, 3))];
  const escaped = forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  // A name inside an address is a part of the address.
  return new RegExp(`(?<![\\p{L}\\p{N}@._-])(${escaped.join("|")})(?:['’]s)?(?![\\p{L}\\p{N}@_-]|\\.\\p{L})`, "giu");
}
