/** What a relation is about, in the order in which people ask about a person. */
export type Theme =
  | "who"
  | "where"
  | "work"
  | "people"
  | "animals"
  | "health"
  | "likes"
  | "things"
  | "plans"
  | "account"
  | "other";

/** One row of the vocabulary. */
export interface Relation {
  theme: Theme;
  /** The fact as a sentence. */
  template: `${string}{subject}${string}{object}${string}`;
  /** What people call it, where the name does not say so already. */
  label?: string;
  /**
   * Of these, one holds at a time: a new statement ends the older one. A person may have several homes, jobs or ages in a
   * life, but a new one replaces the one before.
   */
  single?: true;
}

/**
 * The one vocabulary: what can be known, and what follows from it. How facts end one another, which come first in a summary,
 * what the console calls them and what a model is told to look for are all read from here; a new relation is one row.
 */
export const RELATIONS = {
  HAS_NAME: { theme: "who", template: "{subject}'s name is {object}", label: "name", single: true },
  HAS_NICKNAME: { theme: "who", template: "{subject} is called {object}", label: "nickname" },
  HAS_PRONOUNS: { theme: "who", template: "{subject}'s pronouns are {object}", label: "pronouns", single: true },
  HAS_AGE: { theme: "who", template: "{subject} is {object} years old", label: "age", single: true },
  HAS_BIRTHDAY: { theme: "who", template: "{subject}'s birthday is {object}", label: "birthday", single: true },
  BORN_IN: { theme: "who", template: "{subject} was born in {object}" },
  HAS_NATIONALITY: { theme: "who", template: "{subject}'s nationality is {object}", label: "nationality" },
  HAS_RELATIONSHIP_STATUS: {
    theme: "who",
    template: "{subject} is {object}",
    label: "relationship status",
    single: true,
  },
  IS: { theme: "who", template: "{subject} is {object}" },

  LIVES_IN: { theme: "where", template: "{subject} lives in {object}", single: true },
  COMES_FROM: { theme: "where", template: "{subject} comes from {object}" },

  WORKS_AT: { theme: "work", template: "{subject} works at {object}", single: true },
  WORKS_AS: { theme: "work", template: "{subject} works as {object}", single: true },
  FOUNDED: { theme: "work", template: "{subject} founded {object}" },
  JOINS: { theme: "work", template: "{subject} joins {object}" },
  MEMBER_OF: { theme: "work", template: "{subject} is a member of {object}" },
  TEACHES: { theme: "work", template: "{subject} teaches {object}" },
  STUDIES: { theme: "work", template: "{subject} studies {object}" },
  STUDIES_AT: { theme: "work", template: "{subject} studies at {object}", single: true },
  GRADUATED_FROM: { theme: "work", template: "{subject} graduated from {object}" },

  HAS_SPOUSE: { theme: "people", template: "{subject} is married to {object}", label: "spouse", single: true },
  HAS_PARTNER: { theme: "people", template: "{subject}'s partner is {object}", label: "partner", single: true },
  HAS_CHILD: { theme: "people", template: "{subject}'s child is {object}", label: "child" },
  HAS_SON: { theme: "people", template: "{subject}'s son is {object}", label: "son" },
  HAS_DAUGHTER: { theme: "people", template: "{subject}'s daughter is {object}", label: "daughter" },
  HAS_PARENT: { theme: "people", template: "{subject}'s parent is {object}", label: "parent" },
  HAS_MOTHER: { theme: "people", template: "{subject}'s mother is {object}", label: "mother" },
  HAS_FATHER: { theme: "people", template: "{subject}'s father is {object}", label: "father" },
  HAS_SIBLING: { theme: "people", template: "{subject}'s sibling is {object}", label: "sibling" },
  HAS_SISTER: { theme: "people", template: "{subject}'s sister is {object}", label: "sister" },
  HAS_BROTHER: { theme: "people", template: "{subject}'s brother is {object}", label: "brother" },
  HAS_FRIEND: { theme: "people", template: "{subject}'s friend is {object}", label: "friend" },
  HAS_BOSS: { theme: "people", template: "{subject}'s boss is {object}", label: "boss", single: true },
  HAS_COLLEAGUE: { theme: "people", template: "{subject}'s colleague is {object}", label: "colleague" },

  HAS_PET: { theme: "animals", template: "{subject}'s pet is {object}", label: "pet" },
  HAS_DOG: { theme: "animals", template: "{subject}'s dog is {object}", label: "dog" },
  HAS_CAT: { theme: "animals", template: "{subject}'s cat is {object}", label: "cat" },
  ADOPTS: { theme: "animals", template: "{subject} adopts {object}" },

  ALLERGIC_TO: { theme: "health", template: "{subject} is allergic to {object}" },
  INTOLERANT_TO: { theme: "health", template: "{subject} is intolerant to {object}" },
  HAS_CONDITION: { theme: "health", template: "{subject} has {object}", label: "condition" },
  DIAGNOSED_WITH: { theme: "health", template: "{subject} was diagnosed with {object}" },
  HAS_DIET: { theme: "health", template: "{subject}'s diet is {object}", label: "diet", single: true },
  TAKES: { theme: "health", template: "{subject} takes {object}" },
  AVOIDS: { theme: "health", template: "{subject} avoids {object}" },

  LIKES: { theme: "likes", template: "{subject} likes {object}" },
  LOVES: { theme: "likes", template: "{subject} loves {object}" },
  ENJOYS: { theme: "likes", template: "{subject} enjoys {object}" },
  PREFERS: { theme: "likes", template: "{subject} prefers {object}" },
  DISLIKES: { theme: "likes", template: "{subject} dislikes {object}" },
  HATES: { theme: "likes", template: "{subject} hates {object}" },
  INTERESTED_IN: { theme: "likes", template: "{subject} is interested in {object}" },
  HAS_HOBBY: { theme: "likes", template: "{subject}'s hobby is {object}", label: "hobby" },
  HAS_FAVORITE: { theme: "likes", template: "{subject}'s favorite is {object}", label: "favorite" },
  PLAYS: { theme: "likes", template: "{subject} plays {object}" },

  OWNS: { theme: "things", template: "{subject} owns {object}" },
  USES: { theme: "things", template: "{subject} uses {object}" },
  SPEAKS: { theme: "things", template: "{subject} speaks {object}" },
  LEARNS: { theme: "things", template: "{subject} learns {object}" },
  KNOWS: { theme: "things", template: "{subject} knows {object}" },
  VISITS: { theme: "things", template: "{subject} visits {object}" },

  PLANS: { theme: "plans", template: "{subject} plans {object}" },
  WANTS: { theme: "plans", template: "{subject} wants {object}" },
  EXPECTS: { theme: "plans", template: "{subject} expects {object}" },

  HAS_EMAIL: { theme: "account", template: "{subject}'s email is {object}", label: "email", single: true },
  HAS_PHONE: { theme: "account", template: "{subject}'s phone is {object}", label: "phone", single: true },
  HAS_ADDRESS: { theme: "account", template: "{subject}'s address is {object}", label: "address", single: true },
  HAS_ROLE: { theme: "account", template: "{subject}'s role is {object}", label: "role" },
} as const satisfies Record<string, Relation>;

const ROWS: ReadonlyMap<string, Relation> = new Map(Object.entries(RELATIONS));

/** What is denied bears the relation's name after this. */
const DENIED = /^NOT_/;

/** The row of a relation, denied or not; undefined for one that an application, a record or an older reader has named. */
function findRelation(name: string): Relation | undefined {
  return ROWS.get(name.replace(DENIED, ""));
}

/** Whether a newer fact of this relation ends the older. */
export function isSingleValued(name: string): boolean {
  return ROWS.get(name)?.single ?? false;
}

/** What a relation is about; "other" where the vocabulary does not say. */
export function getTheme(name: string): Theme {
  return findRelation(name)?.theme ?? "other";
}

/** A relation as people call it: WORKS_AT is "works at", HAS_SISTER "sister". */
export function formatRelation(name: string): string {
  const bare = name.replace(DENIED, "");
  const label = findRelation(name)?.label ?? bare.replaceAll("_", " ").toLowerCase();
  return bare === name ? label : `not ${label}`;
}

/** Whether a stored fact or claim stands in the slot of a single-valued relation: such a slot names no target. */
export function isInSingleValuedSlot({
  slot,
  sourceUuid,
  name,
}: {
  slot: string;
  sourceUuid: string;
  name: string;
}): boolean {
  return slot === `${sourceUuid} ${name.replace(DENIED, "")}`;
}
