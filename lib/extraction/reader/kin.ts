import type { Role } from "#lib/extraction/reader/roles.ts";
import { getRelation, getWord, listDependents, type Sentence } from "#lib/extraction/reader/sentence.ts";
import type { Relation } from "#lib/relations/relation.ts";
import { RELATIONS } from "#lib/relations.ts";

/** "Grandad died last month", "Uncle Kostas": so people speak of their own without "my". */
export function isOwnKin(sentence: Sentence, at: number, role: Role): boolean {
  const isTitle =
    TITLE.test(role.noun) &&
    /^\p{Lu}/u.test(sentence.tokens[at]?.text ?? "") &&
    sentence.tokens[at + 1]?.upos === "PROPN";
  const isBare = listDependents(sentence, at, /^(?:det|nmod|amod|compound|acl)/).length === 0;
  return isTitle || (isBare && /^nsubj/.test(getRelation(sentence, at)) && BARE.test(getWord(sentence, at)));
}

const BARE = /^(?:gran|gramps|mum|mom|mam|mummy|mommy|dad|daddy|grandad|granddad|grandpa|grandma|granny|nan|nana)$/;
const TITLE = /^(?:uncle|aunt|auntie|grandma|grandpa|granny|nana)$/;

/** How a role is called: HAS_MOTHER is "mother", whatever word was said. */
export function nameRole(relation: string): string {
  const rows: Readonly<Record<string, Relation>> = RELATIONS;
  return rows[relation]?.label ?? relation.replace(/^HAS_/, "").toLowerCase();
}

/** Whether a role is of several: "kids", "sisters". */
export function isOfSeveral({ noun }: Role): boolean {
  return /^(?:children|grandchildren|kids|grandkids|puppies)$|(?<!s)s$/.test(noun);
}
