import type { Discourse, Referent } from "#lib/extraction/reader/discourse.ts";
import { listBases } from "#lib/extraction/reader/inflect.ts";
import { describePredicate } from "#lib/extraction/reader/predicate.ts";
import {
  findDependent,
  getRelation,
  getWord,
  isInTime,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import { findEnd } from "#lib/extraction/reader/telling.ts";
import { listTimesOf } from "#lib/extraction/reader/when.ts";

const ANIMALS = ["HAS_PET", "HAS_DOG", "HAS_CAT"];
/** Of somebody whose role is not said here, whichever of these is known is over. */
const ENDED_BY_DEATH = ["HAS_SPOUSE", "HAS_PARTNER", ...ANIMALS];

/** "My wife died in March", "we had to give Clover away": what somebody was to their people is over. */
export function readLoss(sentence: Sentence, discourse: Discourse, at: number): void {
  const loss = findLoss(sentence, at);
  if (!loss) return;
  const predication = describePredicate(sentence, at);
  const isDone = predication.tense === "past" || predication.perfect;
  if (!predication.isReal || predication.polarity === "negative" || !isDone) return;
  const gone = discourse.resolve(sentence, loss.whom, loss.isName);
  if (gone?.end == null || gone.end === discourse.speaker) return;
  const times = findEnd(predication, listTimesOf(sentence, predication.finite, at));
  for (const { name, source } of listRoles(gone, loss.relations, discourse.speaker))
    discourse.add({ kind: "closes", name, source, object: { node: gone.end }, ...times });
}

function listRoles({ role }: Referent, relations: readonly string[], speaker: Referent["end"]) {
  if (!role) return relations.map((name) => ({ name, source: speaker }));
  const isMeant = relations === ENDED_BY_DEATH || relations.includes(role.relation);
  return isMeant ? [{ name: role.relation, source: role.owner }] : [];
}

interface Loss {
  whom: number;
  relations: readonly string[];
  /** The words leave no doubt that it is somebody. */
  isName: boolean;
}

function findLoss(sentence: Sentence, at: number): Loss | null {
  const bases = listBases(getWord(sentence, at));
  const [subject, object] = [findDependent(sentence, at, /^nsubj/), findDependent(sentence, at, /^i?obj$/)];
  const has = (word: string) =>
    [...listDependents(sentence, at), (object ?? at) + 1].some((place) => getWord(sentence, place) === word);
  if (bases.includes("die") || (bases.includes("pass") && getWord(sentence, at + 1) === "away"))
    return subject === undefined ? null : { whom: subject, relations: ENDED_BY_DEATH, isName: true };
  if (object === undefined) return null;
  if (bases.includes("put") && (has("down") || has("sleep"))) return { whom: object, relations: ANIMALS, isName: true };
  if (bases.includes("rehome") || (bases.includes("give") && has("away")))
    return { whom: object, relations: ANIMALS, isName: false };
  if (bases.includes("lose") && isByDeath(sentence, at))
    return { whom: object, relations: ENDED_BY_DEATH, isName: false };
  return null;
}

/** "I lost Gerald in December", "to cancer"; not "at the park" and not "in the crowd". */
function isByDeath(sentence: Sentence, at: number): boolean {
  return listDependents(sentence, at).every((place) => {
    const marker = getWord(sentence, findDependent(sentence, place, /^case$/) ?? -1);
    return (
      /^(?:nsubj|obj|aux|punct|conj|cc|parataxis)/.test(getRelation(sentence, place)) ||
      isInTime(sentence, place) ||
      marker === "to"
    );
  });
}
