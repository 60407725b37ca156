import assert from "node:assert/strict";
import { test } from "node:test";
import { readAsJane } from "#prisma/reading.ts";

/** How people describe themselves in fragments, and what is known by it; of the others nothing is. */
const EXAMPLES: Readonly<Record<string, string[]>> = {
  "forklift operator, divorced, 2 kids": [
    "HAS_CHILDREN 2 kids",
    "HAS_RELATIONSHIP_STATUS divorced",
    "WORKS_AS a forklift operator",
  ],
  "Retired geography teacher, widower since 2019, bad knees, good garden.": [
    "HAS_RELATIONSHIP_STATUS widowed",
    "IS_RETIRED ",
  ],
  "46 yrs old and asthmatic": ["HAS_AGE 46", "HAS_CONDITION asthmatic"],
  "hiya im Siobhan, 52, from Derry originally": ["COMES_FROM Derry", "HAS_AGE 52", "HAS_NAME Siobhan"],
  "Improve my headline: mechanical engineer at Siemens, nine years, pump systems": [],
  "plumber, electrician, who can fix a boiler?": [],
  "My dentist, 52, is from Derry.": [],
  "Looking for a nurse, single mothers welcome.": [],
  "He is a nurse, divorced, 2 kids": [],
  "Doctor, teacher or engineer: what should I study?": [],
};

for (const [text, known] of Object.entries(EXAMPLES))
  test(`"${text}" tells ${known.join("; ") || "nothing"}`, () => {
    const facts = readAsJane(text).filter(
      ({ name, kind, source }) => name !== "SAID" && kind === "holds" && source === null,
    );
    const told = facts.map(
      ({ name, source, target, attributes }) => `${name} ${target === source ? (attributes?.value ?? "") : target}`,
    );
    assert.deepEqual(told.toSorted(), known);
  });
