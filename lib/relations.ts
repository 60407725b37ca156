import { ANIMALS } from "#lib/relations/animals.ts";
import { FAMILY } from "#lib/relations/family.ts";
import { HEALTH } from "#lib/relations/health.ts";
import { HOME } from "#lib/relations/home.ts";
import { LIKES } from "#lib/relations/likes.ts";
import { PEOPLE } from "#lib/relations/people.ts";
import { type Relation, THEMES, type Theme } from "#lib/relations/relation.ts";
import { STUDIES_AND_TEACHING } from "#lib/relations/studies.ts";
import { THINGS } from "#lib/relations/things.ts";
import { WHO } from "#lib/relations/who.ts";
import { WORK } from "#lib/relations/work.ts";

/**
 * The one vocabulary: what can be known, how people say it, and what follows from it. What the reader looks for, how facts
 * end one another, which come first in a summary, what the console calls them and what a model is told to look for are all
 * read from here; a new relation is one row.
 */
export const RELATIONS = {
  ...WHO,
  ...HOME,
  ...WORK,
  ...STUDIES_AND_TEACHING,
  ...FAMILY,
  ...PEOPLE,
  ...ANIMALS,
  ...HEALTH,
  ...LIKES,
  ...THINGS,
} as const satisfies Record<string, Relation>;

const ROWS: ReadonlyMap<string, Relation> = new Map(Object.entries(RELATIONS));

/** The relation of what somebody said in their own words. Its facts quote; they are never told as truth. */
export const SAID = "SAID";

/** What is denied bears the relation's name after this. */
const DENIED = /^NOT_/;

/** The row of a relation, denied or not; undefined for one that an application, a record or an older reader has named. */
export function findRelation(name: string): Relation | undefined {
  return ROWS.get(name.replace(DENIED, ""));
}

/** Whether a newer fact of this relation ends the older. */
export function isSingleValued(name: string): boolean {
  return findRelation(name)?.single ?? false;
}

/** Whether what holds of this relation cannot hold for good: nobody stays of one age. */
export function endsByItself(name: string): boolean {
  return findRelation(name)?.lastsAtMost !== undefined;
}

/** Keys of records that say what a theme of the vocabulary is about: people look for an employer under work. */
const KEYS_OF_THEME: Readonly<Partial<Record<Theme, string>>> = {
  where: "CITY TOWN COUNTRY STATE REGION POSTCODE ZIP_CODE",
  work: "EMPLOYER COMPANY JOB JOB_TITLE TITLE POSITION OCCUPATION PROFESSION DEPARTMENT ROLE DEPOT DEGREE UNIVERSITY SCHOOL",
  health: "MEDICATION DIAGNOSIS ALLERGY BLOOD_TYPE PRESCRIPTION_DRUG PRESCRIPTION_MEDICATION",
};
const THEME_OF_KEY: ReadonlyMap<string, Theme> = new Map(
  THEMES.flatMap((theme) => (KEYS_OF_THEME[theme]?.split(" ") ?? []).map((key) => [`HAS_${key}`, theme] as const)),
);

/** What a relation is about; "other" where neither the vocabulary nor a record's key says. */
export function getTheme(name: string): Theme {
  return findRelation(name)?.theme ?? THEME_OF_KEY.get(name) ?? "other";
}

/** The relations of a theme; of "other", all that have a theme of their own and are not of it. */
export function listRelationsOfTheme(theme: Theme): string[] {
  const themes = [...[...ROWS].map(([name, row]) => [name, row.theme] as const), ...THEME_OF_KEY];
  return themes.flatMap(([name, own]) => ((theme === "other") !== (own === theme) ? [name] : []));
}

/** A relation as people call it: WORKS_AT is "works at", HAS_SISTER "sister", and a record's HAS_PLAN_TIER "plan tier". */
export function formatRelation(name: string): string {
  if (name === SAID) return "in their own words";
  const bare = name.replace(DENIED, "");
  const label = findRelation(name)?.label ?? bare.replace(/^HAS_/, "").replaceAll("_", " ").toLowerCase();
  return bare === name ? label : `not ${label}`;
}

/**
 * The sentence of a relation, with the places of its ends still open: a fact is told with the present names of its nodes.
 * @returns null for a denial that has no sentence, and for a relation outside the vocabulary.
 */
export function getTemplate(name: string): string | null {
  const relation = findRelation(name);
  return (DENIED.test(name) ? relation?.denial : relation?.template) ?? null;
}

/** Names that English puts an article before: "studies at the University of Leeds". */
const WITH_ARTICLE = /^(?:University|College|Academy|Institute|Faculty|Museum|Ministry|Department) of /;

/**
 * The sentence of a template with the names of its ends. The subject is put in last, so that a name which looks like a place
 * stays a name.
 */
export function renderTemplate(template: string, subject: string, object: string): string {
  const told = WITH_ARTICLE.test(object) ? `the ${object}` : object;
  return template.replaceAll("{object}", () => told).replaceAll("{subject}", () => subject);
}

/** A favorite is one of its kind: its slot names the kind, as a digest, in the place of a target. */
const KIND_OF_SLOT = /^ [0-9a-f]{32}$/;

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
  const own = `${sourceUuid} ${name.replace(DENIED, "")}`;
  return slot === own || (name !== SAID && slot.startsWith(own) && KIND_OF_SLOT.test(slot.slice(own.length)));
}
