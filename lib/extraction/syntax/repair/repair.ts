import * as clauses from "#lib/extraction/syntax/repair/clauses.ts";
import * as nouns from "#lib/extraction/syntax/repair/nouns.ts";
import type { Token } from "#lib/extraction/syntax/token.ts";

/** Pronouns in the nominative are subjects, whatever the parser makes of them. */
const NOMINATIVE = /^(?:I|he|she|we|they)$/i;

/** Mends what greedy parsing leaves of sentences as people type them: every verb gets its subject, every name its place. */
export function repairTree(tokens: readonly Token[]): Token[] {
  const mended = tokens.map((token) => ({ ...token }));
  nouns.nameUnseen(mended);
  clauses.makeSubjectOfFirst(mended);
  clauses.makeVerbOfFirst(mended);
  clauses.makeVerbOfName(mended);
  clauses.partClauses(mended);
  for (const at of mended.keys()) {
    if (!NOMINATIVE.test(mended[at]?.text ?? "")) continue;
    clauses.takeVerbsPlace(mended, at);
    clauses.joinSubjects(mended, at);
    nouns.joinBesideName(mended, at);
    nouns.joinWithBare(mended, at);
    clauses.keepBeforeJoint(mended, at);
  }
  for (const at of mended.keys()) for (const mend of FIRST) mend(mended, at);
  for (const at of mended.keys()) for (const mend of THEN) mend(mended, at);
  return mended;
}

type Mend = (tokens: Token[], at: number) => void;

const FIRST: readonly Mend[] = [
  clauses.makeVerbOfHelper,
  clauses.joinVerb,
  nouns.joinListed,
  nouns.nameBesideRole,
  nouns.makeNounOfHobby,
];
const THEN: readonly Mend[] = [
  nouns.freeFromChatWord,
  nouns.freeFromAdverb,
  nouns.makeNounBehindPreposition,
  clauses.passOnPlace,
  clauses.keepWithAdjective,
  clauses.keepAnyMore,
  nouns.raiseName,
  nouns.joinName,
  clauses.raiseInfinitive,
  nouns.makeNounOfObject,
  nouns.freeFromDay,
  nouns.makeQuality,
  nouns.partAtPreposition,
  clauses.joinBehindComma,
  clauses.freeBehindComma,
  clauses.keepBeforeComma,
];
