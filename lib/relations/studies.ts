import type { Relation } from "#lib/relations/relation.ts";

/** What somebody teaches and learns, and where. */
export const STUDIES_AND_TEACHING = {
  TEACHES: {
    theme: "work",
    template: "{subject} teaches {object}",
    replacedByNow: true,
    object: "topic",
    states: ["teach {object}"],
    ends: ["retire from teaching {object}"],
    closes: ["retire", "be retired"],
    examples: { "I teach chemistry.": "chemistry", "I teach kids to swim.": "", "That teaches patience.": "" },
  },
  STUDIES: {
    theme: "work",
    template: "{subject} studies {object}",
    replacedByNow: true,
    object: "topic",
    states: ["major in {object}", "study {object}"],
    closes: ["graduate", "drop out of {object:school}", "drop out"],
    examples: {
      "I study law in Ghent.": "law",
      "im studying accounting at Keele": "accounting",
      "One of the languages I'm currently studying is Spanish.": "Spanish",
      "I'm majoring in biology.": "biology",
      "I study at home.": "",
      "I studied the menu.": "",
    },
  },
  STUDIES_AT: {
    theme: "work",
    template: "{subject} studies at {object}",
    single: true,
    object: "organisation",
    states: [
      "study * at {object}",
      "be a student at {object}",
      "be enrolled at|in {object}",
      "attend {object:school}",
      "go to {object:school}",
    ],
    closes: ["leave {object:school}", "drop out"],
    ends: ["graduate from {object}", "drop out of {object}"],
    examples: {
      "I study at the University of Leeds.": "University of Leeds",
      "I'm a student at MIT.": "MIT",
      "I study at night.": "",
      "I attend Boston University.": "Boston University",
      "I go to Greenhill College.": "Greenhill College",
      "I went to Greenhill College for the match.": "",
      "We attend Grace Church.": "",
    },
  },
  GRADUATED_FROM: {
    theme: "work",
    template: "{subject} graduated from {object}",
    object: "organisation",
    begins: ["graduate from {object}"],
    examples: { "I graduated from Leiden in 2012.": "Leiden", "I graduated from high school.": "" },
  },
} as const satisfies Record<string, Relation>;
