import type { Relation } from "#lib/relations/relation.ts";

/** Friends, colleagues and others that somebody has to do with. */
export const PEOPLE = {
  HAS_FRIEND: {
    theme: "people",
    template: "{subject}'s friend is {object}",
    label: "friend",
    inverse: "HAS_FRIEND",
    object: "person",
    nouns: "friend|friends|buddy|pal|bestie|mate",
    states: ["be friends with {object}"],
    examples: { "My best friend Lia is a vet.": "Lia", "My friend says hello.": "", "My friends are great.": "" },
  },
  HAS_BOSS: {
    theme: "people",
    template: "{subject}'s boss is {object}",
    label: "boss",
    single: true,
    object: "person",
    nouns: "boss|manager|supervisor",
    examples: { "My new boss is Jan.": "Jan", "My boss is mean.": "" },
  },
  HAS_COLLEAGUE: {
    theme: "people",
    template: "{subject}'s colleague is {object}",
    label: "colleague",
    inverse: "HAS_COLLEAGUE",
    object: "person",
    nouns: "colleague|coworker|co-worker|teammate|colleagues",
    states: ["work with {object}"],
    examples: {
      "My colleague Jane Doe started today.": "Jane Doe",
      "I work with Tom Baker.": "Tom Baker",
      "I work with kids.": "",
      "I work with Photoshop.": "",
    },
  },
  HAS_ROOMMATE: {
    theme: "people",
    template: "{subject}'s roommate is {object}",
    label: "roommate",
    object: "person",
    nouns: "roommate|flatmate|housemate",
    examples: { "My flatmate Kai plays drums.": "Kai" },
  },
  HAS_NEIGHBOR: {
    theme: "people",
    template: "{subject}'s neighbor is {object}",
    label: "neighbor",
    object: "person",
    nouns: "neighbor|neighbour",
  },
  HAS_TEACHER: {
    theme: "people",
    template: "{subject}'s teacher is {object}",
    label: "teacher",
    object: "person",
    nouns: "teacher|tutor|professor|mentor|coach|trainer",
    examples: { "My teacher is called Rui.": "Rui", "My coach is tough.": "" },
  },
  HAS_DOCTOR: {
    theme: "people",
    template: "{subject}'s doctor is {object}",
    label: "doctor",
    object: "person",
    nouns: "doctor|gp|dentist|therapist|vet",
  },
} as const satisfies Record<string, Relation>;
