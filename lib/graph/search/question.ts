/** Somebody who speaks in a graph's conversations; the person may do so without being named there. */
export interface SpeakerName {
  name: string;
  isPerson: boolean;
}

/** What a question asks for beside its words. */
export interface Question {
  text: string;
  /** Pairs of a word of the question and another form of it that no stemmer finds: "go" and "went". */
  forms: [string, string][];
  /** The one speaker whom it names. */
  speaker: SpeakerName | null;
  /** It asks for a time. */
  asksWhen: boolean;
  /** The month it names, with the day and year where it names them. */
  month: { month: number; day: number | null; year: number | null } | null;
}

/** What English declines without a rule. */
const IRREGULAR = `be was were been is are am|become became|begin began begun|bite bit bitten|break broke broken|bring brought|build built|
buy bought|catch caught|choose chose chosen|come came|dig dug|do did done does|draw drew drawn|drink drank drunk|drive drove driven|
eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|fly flew flown|forget forgot forgotten|get got gotten|
give gave given|go went gone|grow grew grown|hang hung|have had has|hear heard|hide hid hidden|hold held|keep kept|know knew known|
lead led|learn learnt|leave left|lend lent|lose lost|make made|mean meant|meet met|pay paid|ride rode ridden|ring rang rung|rise rose risen|
run ran|say said|see saw seen|sell sold|send sent|shoot shot|show shown|sing sang sung|sit sat|sleep slept|speak spoke spoken|spend spent|
stand stood|steal stole stolen|stick stuck|strike struck|swim swam swum|take took taken|teach taught|tell told|think thought|
throw threw thrown|understand understood|wake woke woken|wear wore worn|win won|write wrote written|child children|man men|woman women|
foot feet|tooth teeth|mouse mice|wife wives|life lives|knife knives|leaf leaves|person people|good better best|bad worse worst`;

const FORMS = new Map<string, string[]>();
for (const group of IRREGULAR.split("|")) {
  const words = group.trim().split(/\s+/);
  for (const word of words)
    FORMS.set(
      word,
      words.filter((other) => other !== word),
    );
}

const ASKS_WHEN =
  /^\s*(when|how long|what (date|day|month|year|time)|which (date|day|month|year)|since when|how many (days|weeks|months|years))\b/i;

const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const IN_MONTH = new RegExp(
  `\\b(?:(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?)?(${MONTHS.join("|")})\\b(?:\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\d))?(?:,?\\s+((?:19|20)\\d\\d))?`,
  "i",
);

/**
 * Parses a question. The name of a speaker is not searched for, unless nothing else is asked, because turns name the
 * listener and not the speaker. A month is not searched for either; it restricts the time.
 */
export function parseQuestion(query: string, speakers: readonly SpeakerName[]): Question {
  const dated = findMonth(query);
  const month = dated && MONTHS.indexOf((dated[2] ?? "").toLowerCase()) + 1;
  const bare = dated ? query.replace(dated[0], " ") : query;
  const nameless = speakers.reduce((text, { name }) => text.replaceAll(makeNamePattern(name), " "), bare);
  const text = /[\p{L}\p{N}]{3,}/u.test(nameless) ? nameless : query;
  const words = new Set(text.toLowerCase().match(/[a-z]+/g));
  const day = dated?.[1] ?? dated?.[3];
  const named = speakers.filter(({ name }) => makeNamePattern(name).test(query));
  return {
    text,
    speaker: named.length === 1 ? (named[0] ?? null) : null,
    forms: [...words].flatMap((word) => (FORMS.get(word) ?? []).map((form): [string, string] => [word, form])),
    asksWhen: ASKS_WHEN.test(query),
    month: month ? { month, day: day ? Number(day) : null, year: dated?.[4] ? Number(dated[4]) : null } : null,
  };
}

/** A month with a day, a year or a preposition; alone, "April" may be somebody's name. */
function findMonth(query: string): RegExpExecArray | null {
  const found = IN_MONTH.exec(query);
  if (!found) return null;
  const isDated = [found[1], found[3], found[4]].some((part) => part !== undefined);
  return isDated || LEADS_TO_MONTH.test(query.slice(0, found.index)) ? found : null;
}

const LEADS_TO_MONTH =
  /\b(?:in|since|during|of|by|until|till|before|after|from|this|last|next|early|late|mid|every)[ -]+$/i;

/** A name as it may stand in a question, also short: "Mel" for Melanie. */
function makeNamePattern(name: string): RegExp {
  const parts = name.split(/\s+/).filter((part) => part.length > 1);
  const forms = [name, ...parts, ...parts.filter((part) => part.length > 5).map((part) => part.slice(0, 3))];
  const escaped = forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  // A name inside an address is a part of the address.
  return new RegExp(`(?<![\\p{L}\\p{N}@._-])(${escaped.join("|")})(?:['’]s)?(?![\\p{L}\\p{N}@_-]|\\.\\p{L})`, "giu");
}
