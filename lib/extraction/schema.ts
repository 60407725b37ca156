import type { Ontology } from "#lib/ontology/schema.ts";
import type { Metadata } from "#lib/validation.ts";

/** The person whose graph an episode goes into. */
export interface Person {
  /** What they are called, the fullest first; never empty. */
  names: [string, ...string[]];
  email: string | null;
  userId: string;
}

/** Who speaks: the person, somebody else by name, or a machine that is nobody. */
export type Speaker = { kind: "person" } | { kind: "other"; name: string } | { kind: "machine" };

/** What there is to read. */
export interface EpisodeText {
  uuid: string;
  source: "text" | "json" | "message";
  content: string;
  sourceDescription: string | null;
  speaker: Speaker;
  /** When it was said: what "yesterday" counts from, and what is true in the present tense began. */
  saidAt: Date;
  /** Minutes east of UTC where it was said; the day there is the day that "yesterday" counts from. */
  utcOffset?: number;
  /** What was said just before in the same conversation, oldest first. */
  before: { speaker: Speaker; content: string }[];
}

/** A fact that the graph holds already. */
export interface KnownFact {
  source: string | null;
  target: string | null;
  name: string;
  fact: string;
  /** The same with the places of its ends open, as it is claimed again; null for what was stated in words of its own. */
  template?: string | null;
  single: boolean;
  validAt: Date | null;
}

/** What an extractor may know of the graph. */
export interface Setting {
  /** Null in a graph that is nobody's. */
  person: Person | null;
  /** The kinds of nodes and facts that the application has named. */
  ontology: Ontology;
  /** What is known that this may be about, most likely first. Extractors that do not compare get none. */
  known: { nodes: { name: string; labels: string[]; summary: string }[]; facts: KnownFact[] };
}

/** Draws from what was said who and what it speaks of, and what it claims. It writes nothing. */
export interface Extractor {
  /** Whether it wants to know what the graph holds before it reads. */
  compares: boolean;
  /** @throws when it cannot read this episode. The episode is then marked as failed with the error's code. */
  read(episode: EpisodeText, setting: Setting): Promise<Reading>;
}

/** One end of a fact by its name; null is the person whose graph it is, whatever a text calls them. */
export type End = string | null;

/** A fact that a text states. One that holds of its source alone has it for its target as well. */
export interface FoundFact {
  /**
   * It holds, in place of what held of a single-valued relation; it holds as well (`adds`); it holds with the others that the
   * same episode lists, in place of all before (`lists`); it is over (`ends`); or whatever of this is known is over
   * (`closes`), of every object where the sentence leaves the object open.
   */
  kind: "holds" | "adds" | "lists" | "ends" | "closes";
  source: End;
  target: End;
  /** The relation, UPPER_SNAKE. */
  name: string;
  /**
   * The fact as a sentence. `{subject}` and `{object}` in it stand for the names of its ends, so that it is told with those
   * they have by then.
   */
  fact: string;
  /** Of these, one holds at a time. */
  single: boolean;
  validAt: Date | null;
  invalidAt: Date | null;
  /** It ends what is known already by these words, "the civic"; where nothing is, it says nothing. */
  isOfKnown?: true;
  /** An end that follows from the end of another fact of the same source counts only where that fact is known. */
  follows?: Pick<FoundFact, "name" | "target">;
  /** 0 to 1. */
  confidence: number;
  attributes?: Metadata;
}

/** Something of what was said before that is to be forgotten, or was a joke. */
export interface Forgetting {
  /** What it states, as facts. */
  facts: FoundFact[];
  /** Its words, one thing each; none where it is all that the same speaker said last. */
  words: string[];
  /** What else those whom the facts are about are called: "my brother". */
  called: Record<string, string[]>;
  /** Whatever is known of these is to be forgotten, and whoever is one of these to the person: "my phone number", "my ex". */
  relations: string[];
  /** It was not meant; nobody asked to forget it. */
  isJoke?: true;
}

/** What an extractor draws from one episode. */
export interface Reading {
  extractor: "rules" | "model";
  nodes: Mention[];
  facts: FoundFact[];
  /** What the text asks to forget or takes back. A text that asks to forget is withheld itself: nothing of it is shown as memory. */
  forgets?: Forgetting[];
  /** The language of a text that was not read, as ISO 639-1 names it; absent where it was read. */
  unreadLanguage?: string;
}

/** A node that an episode speaks of, by name. */
export interface Mention {
  name: string;
  labels: string[];
  /** What else it is called by, the most exact first: "my brother Tom", "my brother". */
  aliases?: string[];
}
