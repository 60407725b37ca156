/** What a relation is about, in the order in which people ask about a person. */
export const THEMES = [
  "who",
  "where",
  "work",
  "people",
  "animals",
  "health",
  "likes",
  "things",
  "plans",
  "account",
  "other",
] as const;
export type Theme = (typeof THEMES)[number];

/** Themes as people call them. */
export const THEME_NAMES: Readonly<Record<Theme, string>> = {
  who: "Who they are",
  where: "Home",
  work: "Work and studies",
  people: "People",
  animals: "Animals",
  health: "Health and food",
  likes: "Likes",
  things: "Things and languages",
  plans: "Plans",
  account: "Account",
  other: "From records",
};

/** What can stand as the object of a relation. The reader has one small reader for each kind. */
export const OBJECT_KINDS = [
  "place",
  "organisation",
  "workplace",
  "employer",
  "club",
  "school",
  "person",
  "animal",
  "thing",
  "preferred",
  "owned",
  "activity",
  "doing",
  "topic",
  "language",
  "occupation",
  "condition",
  "medicine",
  "food",
  "allergen",
  "diet",
  "nationality",
  "religion",
  "status",
  "count",
  "age",
  "date",
  "email",
  "phone",
  "code",
  "plan",
  "product",
  "device",
  "nothing",
] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** How people say that they have given up one thing for another, whatever it is. */
export const GIVES_FOR_ANOTHER = [
  "switch|change from {object}",
  "swap|trade|exchange|replace|ditch {object}",
  "trade in {object}",
] as const;

/** One row of the vocabulary. */
export interface Relation {
  theme: Theme;
  /** The fact as a sentence. */
  template: `${string}{subject}${string}`;
  /** The sentence where it is denied; a denial without one is not known. */
  denial?: `${string}{subject}${string}`;
  /** The sentences of other verbs that say it: "is diabetic" beside "has diabetes", "runs" beside "owns". */
  templateOf?: Readonly<Record<string, `${string}{subject}${string}`>>;
  /** What people call it, where the name does not say so already. */
  label?: string;
  /**
   * Of these, one holds at a time: a new statement ends the older one. A person may have several homes, jobs or ages in a
   * life, but a new one replaces the one before.
   */
  single?: true;
  /** How many days it can hold at most from when it was last said: nobody is of one age for longer than a year. */
  lastsAtMost?: number;
  /** What is no longer so of somebody of whom this begins, with the value that ends; null stands for any. */
  rulesOut?: Readonly<Record<string, string | null>>;
  /** What is so as well of somebody of whom this begins: who marries is married. */
  entails?: Readonly<Record<string, string>>;
  /** Said with "now" it takes the place of all before: "I study pharmacy now". */
  replacedByNow?: true;
  /** The relation that holds the other way round. */
  inverse?: string;
  object?: ObjectKind;
  /**
   * How people say that it holds, that it begins and that it ends: a verb or "be" with an adjective, participle or noun, the
   * words that come along, and the object behind its preposition. A bar stands between words that do equally. What is said
   * of the past by `states` is over. What `closes` ends only what is known: "I left Rome" need not be about a home.
   */
  states?: readonly string[];
  begins?: readonly string[];
  ends?: readonly string[];
  closes?: readonly string[];
  /** Nouns that name the object by its role: "my sister", "my phone number". */
  nouns?: string;
  /** Sentences of somebody and the objects that are read from them; of those without one nothing of this relation is. */
  examples?: Readonly<Record<string, string>>;
}
