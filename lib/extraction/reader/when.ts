import type { Predication } from "#lib/extraction/reader/predicate.ts";
import {
  findDependent,
  getRelation,
  getWord,
  isBelow,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import type { FoundTime } from "#lib/extraction/times/moment.ts";

/** The times that a clause names: those whose words hang on its predicate, or on nothing else that has a subject. */
export function listTimesOf(sentence: Sentence, finite: number, at: number): FoundTime[] {
  const own = sentence.times.filter(
    (time) => findClause(sentence, time) === finite || findClause(sentence, time) === at,
  );
  if (own.length > 0) return own;
  // "I left Acme in 2021 and joined Hooli": what follows happened then, too.
  const head = sentence.tokens[finite]?.head ?? -1;
  const shares = getRelation(sentence, finite) === "conj" && findDependent(sentence, finite, /^nsubj/) === undefined;
  return shares && head >= 0 ? sentence.times.filter((time) => findClause(sentence, time) === head) : [];
}

/** "I sold the Prius and bought a Tesla in May": what was ended before that was ended then as well. */
export function listTimesOfNext(sentence: Sentence, finite: number): FoundTime[] {
  const next = listDependents(sentence, finite, /^conj$/).find(
    (place) => findDependent(sentence, place, /^(?:nsubj|aux)/) === undefined,
  );
  const times = next === undefined ? [] : sentence.times.filter((time) => findClause(sentence, time) === next);
  return times.filter(({ role }) => role === "at");
}

/** The predicate that a time is told of: the next word above it that has a subject or is a verb. */
function findClause(sentence: Sentence, { start, end }: FoundTime): number {
  const { tokens } = sentence;
  const inside = tokens.flatMap((token, at) => (token.start < end && token.end > start ? [at] : []));
  const top = inside.find((at) => !inside.includes(tokens[at]?.head ?? -1)) ?? inside[0] ?? -1;
  let place = tokens[top]?.head ?? -1;
  if (place < 0) return top;
  for (let steps = 0; place >= 0 && steps < tokens.length; steps += 1) {
    if (isClauseHead(sentence, place)) return place;
    place = tokens[place]?.head ?? -1;
  }
  return tokens.findIndex(({ relation }) => relation === "root");
}

function isClauseHead(sentence: Sentence, at: number): boolean {
  if (listDependents(sentence, at, /^(?:nsubj|cop|aux)/).length > 0) return true;
  return sentence.tokens[at]?.upos === "VERB" && !/^(?:acl$|amod|xcomp|compound)/.test(getRelation(sentence, at));
}

/** When something was done: the day that is told of it. */
export function findMoment(times: readonly FoundTime[]): Date | null {
  return times.find(({ role }) => role === "at")?.behind ?? null;
}

/** When what goes on began: since a time, or for so long. */
export function findBeginning(times: readonly FoundTime[]): Date | null {
  const found =
    times.find(({ role }) => role === "since") ?? times.find(({ role, behind }) => role === "for" && behind);
  return found?.behind ?? null;
}

/** Whether a perfect tells of what goes on: "have lived here for three years", "have always loved". */
export function isGoingOn(
  sentence: Sentence,
  { finite, perfect, progressive }: Predication,
  times: readonly FoundTime[],
): boolean {
  if (!perfect) return true;
  const adverbs = listDependents(sentence, finite, /^advmod/).map(
    (place) => sentence.tokens[place]?.text.toLowerCase() ?? "",
  );
  const isSince = sentence.tokens.some((_, at) => getWord(sentence, at) === "since" && isBelow(sentence, at, finite));
  return (
    progressive || isSince || findBeginning(times) !== null || adverbs.some((word) => /^(?:always|long)$/.test(word))
  );
}
