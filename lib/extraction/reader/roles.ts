import {
  findDependent,
  getStretch,
  getWord,
  isNameWord,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import type { Relation } from "#lib/relations/relation.ts";
import { RELATIONS } from "#lib/relations.ts";

/** A noun that says what somebody or something is to its owner. */
export interface Role {
  relation: string;
  kind: "person" | "animal" | "value";
  noun: string;
}

const ROLES = new Map<string, Role>();
const COUNTS = new Map<string, string>();
for (const [relation, row] of Object.entries<Relation>(RELATIONS)) {
  for (const noun of row.nouns?.split("|") ?? []) {
    if (row.object === "count") COUNTS.set(noun, relation);
    else
      for (const form of row.object === "animal" && !/(?:s|y|fish)$/.test(noun) ? [noun, `${noun}s`] : [noun])
        ROLES.set(form, {
          relation,
          kind:
            row.object === "person" || row.object === "animal"
              ? relation === "HAS_NAME" || relation === "HAS_NICKNAME"
                ? "value"
                : row.object
              : "value",
          noun: form,
        });
  }
}

/** The relation that counts what a noun names: of "kids" how many somebody has. */
export function findCountRelation(noun: string): string | undefined {
  return COUNTS.get(noun.toLowerCase());
}

/** What is no role of now or of this person: "my ex-wife", "my late father", "my sister-in-law", "my dog walker". */
const NOT_NOW =
  /^(?:ex|former|late|old|previous|first|future|would-be|imaginary|deceased|biggest|own|late-|childhood|previous|other|another|neighbor's|furry|fake|pretend|fictional|stuffed|toy|plush|animal|robot|robotic|vacuum|virtual|digital|ceramic|wooden|balloon|inflatable|cuddly|therapy|ideal|dream|feathered|feathery|four-legged)$/;

const UNREAL_ROLE = /\b(?:would-be|soon-to-be|wannabe|in[- ]game|on-screen|make-believe)[ -]$/i;

/** The role that a noun names, with the words before it where they belong to it: "phone number". */
export function findRole(sentence: Sentence, at: number): Role | null {
  const before = listDependents(sentence, at, /^(?:compound|amod)/).filter((place) => place < at);
  const compound = before.filter((place) => place === at - 1 && sentence.tokens[place]?.relation === "compound");
  const longer = compound.length > 0 ? ROLES.get(getStretch(sentence, at - 1, at).toLowerCase()) : undefined;
  const plain = ROLES.get(getWord(sentence, at));
  if (!longer && !plain) return null;
  if (UNREAL_ROLE.test(sentence.text.slice(0, sentence.tokens[at]?.start ?? 0))) return null;
  const isAge = (place: number) => /^(?:years?|yrs?|-)$/.test(getWord(sentence, place - 1));
  if (before.some((place) => NOT_NOW.test(getWord(sentence, place)) && !isAge(place))) return null;
  if (/^-$|^in$/.test(getWord(sentence, at + 1)) && /^(?:in|law|-)$/.test(getWord(sentence, at + 2))) return null;
  if (longer) return longer;
  if (!plain || !isOfOwner(sentence, plain, before)) return null;
  return /^(?:compound|amod)$/.test(sentence.tokens[at]?.relation ?? "") && !isBeforeName(sentence, at) ? null : plain;
}

/** "My domain name" is no name of mine, and "our project manager" need not be my boss. */
function isOfOwner(sentence: Sentence, { kind, relation, noun }: Role, before: number[]): boolean {
  const words = before.map((place) => getWord(sentence, place));
  if (noun === "partner")
    return words.every((word) => /^(?:new|current|life|domestic|long-term|lovely|dear)$/.test(word));
  if (relation === "HAS_BOSS") return words.every((word) => /^(?:new|line|direct|current)$/.test(word));
  return kind !== "value" || words.every((word) => OWN_VALUE.test(word));
}

const OWN_VALUE =
  /^(?:new|current|full|real|first|main|primary|best|work|home|personal|private|favou?rite|legal|actual|correct|good|only|big|other)$/;

function isBeforeName(sentence: Sentence, at: number): boolean {
  return isNameWord(sentence, sentence.tokens[at]?.head ?? -1);
}

/** Whose it is: the place of "my", "her" or of a name with "'s". */
export function findOwner(sentence: Sentence, at: number): number | undefined {
  const own = findDependent(sentence, at, /^nmod:poss/);
  const { head = -1, relation = "" } = sentence.tokens[at] ?? {};
  if (own !== undefined || !/^(?:compound|amod|flat)/.test(relation) || head < at) return own;
  const shared = findDependent(sentence, head, /^nmod:poss/);
  return shared !== undefined && shared < at ? shared : undefined;
}

const FEMALE = /^HAS_(?:MOTHER|SISTER|DAUGHTER|GRANDMOTHER|AUNT|NIECE)$/;
const MALE = /^HAS_(?:FATHER|SON|BROTHER|GRANDFATHER|UNCLE|NEPHEW)$/;

/** Which of "he" and "she" a role is spoken of by; null where the noun does not say. */
export function findGender({ relation, noun }: Role): "he" | "she" | null {
  if (FEMALE.test(relation) || /^(?:wife|girlfriend|gf|fiancée|granddaughter)$/.test(noun)) return "she";
  if (MALE.test(relation) || /^(?:husband|boyfriend|bf|hubby|grandson)$/.test(noun)) return "he";
  return null;
}

/** The relations that a noun names what somebody has by: "brother", "phone number". */
export function findRelationsOfNoun(noun: string): string[] {
  const role = ROLES.get(noun) ?? ROLES.get(noun.replace(/s$/, ""));
  return role ? [role.relation] : [];
}
