import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { getText, type Sentence } from "#lib/extraction/reader/sentence.ts";
import { findBeginning } from "#lib/extraction/reader/when.ts";
import type { FoundFact } from "#lib/extraction/schema.ts";

const PLACES = ["LIVES_IN", "WORKS_AT", "STUDIES_AT", "MEMBER_OF"];

/** What a clause that only says since when is about, by its own words: "been there", "been taking it", "been one". */
const ABOUT: readonly [words: RegExp, relations: readonly string[]][] = [
  [/\bbeen (?:there|here|with (?:them|it|him|her))\s*$/i, PLACES],
  [/\bbeen (?:on (?:it|them)|taking (?:it|them))\s*$/i, ["TAKES"]],
  [/\bbeen (?:one|doing (?:it|that|this))\s*$/i, ["WORKS_AS", "HAS_HOBBY", "PLAYS"]],
];
/** "We're in Sheffield, been here since": who has been there for years lives there. */
const HERE =
  /(?:^|[,.!?] )(?:I['’]?m|I am|[Ww]e['’]?re|[Ww]e are) in (?<place>\p{Lu}\p{L}+(?: \p{Lu}\p{L}+){0,2}),? (?:and )?(?:I['’]?ve |we['’]?ve |have )?been here\s*$/u;
const ALONE = /^\W*(?:\p{L}+ )?$/u;

/**
 * Reads since when what a sentence states is so, where a clause of its own says that alone: "I'm on lithium, been taking it
 * since 2020", "I smoke again. Since September, …".
 * @param told what the sentence states. @param before what the sentence before it states.
 */
export function readElaboration(
  sentence: Sentence,
  discourse: Discourse,
  told: readonly FoundFact[],
  before: readonly FoundFact[],
): void {
  const { text, times, tokens } = sentence;
  const from = tokens[0]?.start ?? 0;
  const time = times.find(({ role, behind }) => role === "since" && behind !== null);
  const since = findBeginning(times);
  if (!time || !since) return;
  const lead = text.slice(from, time.start);
  const relations = ABOUT.find(([words]) => words.test(lead))?.[1];
  const undated = (facts: readonly FoundFact[]) =>
    facts.filter(
      ({ kind, source, validAt }) =>
        kind === "holds" && source === discourse.speaker && validAt?.getTime() === discourse.saidAt.getTime(),
    );
  const about = relations ? undated(told).filter(({ name }) => relations.includes(name)) : [];
  const [only, ...others] = ALONE.test(lead) ? undated(before) : [];
  const meant = about.length > 0 ? about : only && others.length === 0 ? [only] : [];
  for (const fact of meant) fact.validAt = since;
  const { place } = HERE.exec(lead)?.groups ?? {};
  if (place && meant.length === 0)
    discourse.add({
      kind: "holds",
      name: "LIVES_IN",
      source: discourse.speaker,
      object: { node: discourse.mention(place, "Place") },
      validAt: since,
    });
}

const NAME = "(?<name>\\p{Lu}[\\p{L}\\d&'’.-]*(?: \\p{Lu}[\\p{L}\\d&'’.-]*){0,3})";
const BACK = new RegExp(
  `(?<![\\p{L}])(?:I['’]?m|I am|[Ww]e['’]?re|[Ww]e are)(?: now)? back (?<where>at|with|in|working (?:at|for|with))(?: the)? ${NAME}(?! (?:for a|for the|till|until)\\b)`,
  "u",
);

/** "I'm back at the Argus since Monday": where somebody was before they are again, and what is not known says nothing. */
export function readReturn(sentence: Sentence, discourse: Discourse): void {
  const text = getText(sentence);
  const { where, name = "" } = BACK.exec(text)?.groups ?? {};
  const validAt = findBeginning(sentence.times);
  if (!where || validAt === null || /\?\s*$|\bif\b/i.test(text)) return;
  for (const relation of where === "in" ? ["LIVES_IN"] : PLACES.filter((place) => place !== "LIVES_IN"))
    discourse.add({
      kind: "holds",
      name: relation,
      source: discourse.speaker,
      object: { node: name.replace(/[.'’-]+$/, "") },
      validAt,
      isOfKnown: true,
    });
}
