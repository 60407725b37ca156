import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import type { EpisodeText, FoundFact } from "#lib/extraction/schema.ts";

const MEANT =
  /\b(?:I|we) (?:actually |really )?(?:meant|mean)(?: to (?:say|write))? (?<right>[^,.;!?\n]{1,60}?),? (?:and )?not (?<wrong>[^,.;!?\n]{1,60})/iu;

/**
 * "I meant Lille, not Lyon": what the same speaker said just before is read with the right words in the place of the wrong
 * ones, and what it said with the wrong ones is over.
 * @param read reads a text of the same speaker.
 */
export function readCorrection(
  text: string,
  { before, speaker }: EpisodeText,
  discourse: Discourse,
  read: (text: string) => FoundFact[],
): void {
  const { right, wrong } = MEANT.exec(text)?.groups ?? {};
  if (!right || !wrong) return;
  const said = before.findLast((turn) => isSameSpeaker(turn.speaker, speaker) && turn.content.includes(wrong));
  if (!said) return;
  const wrongFacts = read(said.content);
  const rightFacts = read(said.content.replaceAll(wrong, () => right));
  const isKnown = (fact: FoundFact, among: FoundFact[]) =>
    among.some((other) => describeFact(other) === describeFact(fact));
  for (const fact of wrongFacts)
    if (!isKnown(fact, rightFacts) && fact.kind !== "ends")
      discourse.take({ ...fact, kind: "closes", validAt: null, invalidAt: null });
  for (const fact of rightFacts) if (!isKnown(fact, wrongFacts)) discourse.take(fact);
}

export function isSameSpeaker(one: EpisodeText["speaker"], other: EpisodeText["speaker"]): boolean {
  return one.kind === other.kind && (one.kind !== "other" || other.kind !== "other" || one.name === other.name);
}

function describeFact({ name, source, target, fact }: FoundFact): string {
  return JSON.stringify([name, source, target, fact]);
}
