import type { Answers } from "#lib/graph/search/answers.ts";
import type { Similar } from "#lib/graph/search/similar.ts";
import type { ScoreShares } from "#lib/memory/schema.ts";

type Parts = Omit<ScoreShares, "meaning">;

/** What the ranks of turns are made of, by their uuids. @param similar those found by their meaning, best first. */
export function shareOutTurns({ turns }: Answers, similar: Similar[] | null) {
  const parts = new Map(turns.map((turn) => [turn.uuid, turn.parts]));
  const [byWords, byMeaning] = [rankByPlace(turns), rankByPlace(similar ?? [])];
  return (uuid: string): ScoreShares => shareOut(parts.get(uuid), byWords.get(uuid), byMeaning.get(uuid));
}

/** The same of facts: what their turns add counts as what stands around them. */
export function shareOutFacts({ facts }: Answers, similar: Similar[] | null) {
  const scored = [...facts].toSorted(([, a], [, b]) => b.words + b.turn - a.words - a.turn);
  const [byWords, byMeaning] = [rankByPlace(scored.map(([uuid]) => ({ uuid }))), rankByPlace(similar ?? [])];
  return (uuid: string): ScoreShares => {
    const score = facts.get(uuid);
    const parts = score && { words: score.words, around: score.turn, facts: 0, time: 0 };
    return shareOut(parts, byWords.get(uuid), byMeaning.get(uuid));
  };
}

function rankByPlace(found: readonly { uuid: string }[]): Map<string, number> {
  return new Map(found.map(({ uuid }, place) => [uuid, place + 1]));
}

/** Ranks by words and by meaning count as their reciprocals (see lib/graph/search/fusion.ts). */
function shareOut(parts: Parts | undefined, byWords: number | undefined, byMeaning: number | undefined): ScoreShares {
  const { words = 0, around = 0, facts = 0, time = 0 } = parts ?? {};
  const total = words + around + facts + time;
  const [told, meant] = [total > 0 && byWords ? 1 / byWords : 0, byMeaning ? 1 / byMeaning : 0];
  const take = (part: number) => (told > 0 ? (part / total) * (told / (told + meant)) : 0);
  const meaning = meant > 0 ? meant / (told + meant) : 0;
  return { words: take(words), around: take(around), facts: take(facts), time: take(time), meaning };
}
