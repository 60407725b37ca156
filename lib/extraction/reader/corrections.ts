import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import type { EpisodeText, FoundFact } from "#lib/extraction/schema.ts";

const SORRY =
  "(?:(?:oh |so |ah )?(?:sorry|apologies|oops|ooops|whoops|typo|correction|my bad|my mistake|wait|no|actually|edit)[!,:;. ]+)";
const MEANT =
  "(?:(?:I|we) (?:actually |really )?(?:meant|mean)(?: to (?:say|write|type|put))? |it['’]?s (?:actually )?|it is |it was |that['’]?s |(?:that |it )?should (?:be|have been|say|read) |make that )";
const LEAD = `(?:^|[.!?\\n]\\s*|[,;] )(?:${SORRY}+${MEANT}?|${SORRY}*${MEANT})`;
const WORDS = "(?:[^,.;:!?\\n]|[.:](?=\\S)){1,60}";
const RIGHT_NOT_WRONG = new RegExp(`${LEAD}(?<right>${WORDS}?),? (?:and )?not (?<wrong>${WORDS})`, "iu");
const WRONG_THEN_SORRY = new RegExp(
  `(?:^|[.!?\\n]\\s*)(?<right>${WORDS}?),? not (?<wrong>${WORDS}?)[,.!;: -]+(?:sorry|oops|my bad|typo|my mistake)`,
  "iu",
);
const RIGHT_ALONE = new RegExp(
  `(?:^|[.!?\\n]\\s*)(?:\\*\\s?(?<starred>\\p{L}[\\p{L}\\d'’ -]{1,40})\\*?\\s*(?:$|[.,!] )|${SORRY}*(?:I|we) (?:actually |really )?meant(?: to (?:say|write|type))? (?<right>${WORDS}?)(?:[.,!;]|$))`,
  "iu",
);

const NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten";
/** "Actually it's two cats": a number and what it counts. */
const RIGHT_COUNT = new RegExp(`${LEAD}(?<right>(?:\\d{1,2}|${NUMBER_WORDS}) \\p{L}+)(?=[.,;!?]|$)`, "iu");
/** "Cats" of "2 cats". */
const COUNTED = new RegExp(`^(?:\\d|${NUMBER_WORDS})\\S* (\\S+)$`, "i");

/**
 * "I meant Lille, not Lyon", "*Lille": what the same speaker said just before is read with the right words in the place of
 * the wrong ones, and what it said with the wrong ones is over.
 * @param read reads a text of the same speaker.
 */
export function readCorrection(
  text: string,
  { before, speaker }: EpisodeText,
  discourse: Discourse,
  read: (text: string) => FoundFact[],
): void {
  const last = before.findLast((turn) => isSameSpeaker(turn.speaker, speaker))?.content;
  const found = findCorrection(text, last ?? "", read);
  if (!found) return;
  const wrongFacts = read(found.said);
  const rightFacts = read(found.meant);
  const isKnown = (fact: FoundFact, among: FoundFact[]) =>
    among.some((other) => describeFact(other) === describeFact(fact));
  const gone = wrongFacts.filter((fact) => !isKnown(fact, rightFacts) && fact.kind !== "ends");
  for (const fact of gone) discourse.take({ ...fact, kind: "closes", validAt: null, invalidAt: null });
  for (const fact of rightFacts) if (!isKnown(fact, wrongFacts)) discourse.take(fact);
}

/** What was said, and the same as it was meant. */
function findCorrection(text: string, last: string, read: (text: string) => FoundFact[]) {
  const pair = RIGHT_NOT_WRONG.exec(text) ?? WRONG_THEN_SORRY.exec(text);
  const { right, wrong } = pair?.groups ?? {};
  if (pair && right && wrong && !/\bnot\b/i.test(right)) {
    for (const said of [text.slice(0, pair.index + 1), last]) {
      const words = findWords(said, wrong);
      if (words !== undefined) return { said, meant: replaceWords(said, words, right) };
    }
  }
  const alone = (RIGHT_ALONE.exec(text) ?? RIGHT_COUNT.exec(text))?.groups;
  const only = alone?.starred ?? alone?.right;
  const tail = COUNTED.exec(only ?? "")?.[1] ?? "";
  const objects = only
    ? [...new Set(read(last).flatMap(listObjectWords))].filter((one) => hasWords(last, one) && one.endsWith(tail))
    : [];
  const [object] = objects;
  if (!only || object === undefined || objects.length > 1 || !isAlike(object, only)) return null;
  return { said: last, meant: replaceWords(last, object, only) };
}

function listObjectWords({ name, source, target, attributes }: FoundFact): string[] {
  if (name === "SAID") return [];
  const object = target === source ? attributes?.value : target;
  return typeof object === "string" ? [object] : [];
}

/** A name stands for a name and a number for a number. */
function isAlike(one: string, other: string): boolean {
  return /^\p{Lu}/u.test(one) === /^\p{Lu}/u.test(other) && /^\d/.test(one) === /^\d/.test(other);
}

/** As many of these words, from the first on, as a text has. */
function findWords(text: string, words: string): string | undefined {
  const all = words.trim().split(/\s+/);
  const first = all.map((_, index) => all.slice(0, all.length - index).join(" "));
  return first.find((some) => /[\p{L}\d]/u.test(some) && !/^(?:an?|the|my)$/i.test(some) && hasWords(text, some));
}

function hasWords(text: string, words: string): boolean {
  return makeWordsPattern(words).test(text);
}

/** Replaces words; "two cats, not three" leaves the cats of "three cats". */
function replaceWords(text: string, wrong: string, right: string): string {
  const tail = /\s(\S+)$/.exec(right)?.[1];
  const repeats = tail !== undefined && hasWords(text, `${wrong} ${tail}`) && !wrong.endsWith(tail);
  return text.replace(makeWordsPattern(repeats ? `${wrong} ${tail}` : wrong), () => right);
}

function makeWordsPattern(words: string): RegExp {
  const escaped = words.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\d])${escaped}(?![\\p{L}\\d])`, "giu");
}

export function isSameSpeaker(one: EpisodeText["speaker"], other: EpisodeText["speaker"]): boolean {
  return one.kind === other.kind && (one.kind !== "other" || other.kind !== "other" || one.name === other.name);
}

function describeFact({ name, source, target, fact }: FoundFact): string {
  return JSON.stringify([name, source, target, fact]);
}
