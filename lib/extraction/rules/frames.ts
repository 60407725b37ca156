import type { Clause } from "#lib/extraction/rules/clauses.ts";
import type { Phrase } from "#lib/extraction/rules/phrases.ts";

/** A relation that a verb tells for sure, and which phrase is its other end. */
interface Frame {
  verbs: RegExp;
  /** The preposition whose phrase is meant; the object itself where there is none. */
  prep?: RegExp;
  /** What comes along with the verb, where only then it means this. */
  particle?: RegExp;
  name: string;
  /** What kind of thing the other end is. */
  label?: string;
  /** The other end gets a node even where it is no name: what one likes, owns or suffers from. */
  node?: boolean;
  /** The other end has to be a name. */
  proper?: boolean;
  /** It tells that the relation is over. */
  ends?: boolean;
}

/** The first that fits counts. */
const FRAMES: Frame[] = [
  { verbs: /^(work|be employed)$/, prep: /^(at|for|with)$/, name: "WORKS_AT", label: "Organization" },
  { verbs: /^work$/, prep: /^as$/, name: "WORKS_AS" },
  { verbs: /^(start|begin)$/, prep: /^as$/, name: "WORKS_AS" },
  { verbs: /^(start|begin|join|work)$/, prep: /^(at|with)$/, proper: true, name: "WORKS_AT", label: "Organization" },
  { verbs: /^join$/, proper: true, name: "JOINS", label: "Organization" },
  { verbs: /^promote$/, prep: /^to$/, name: "WORKS_AS" },
  { verbs: /^(live|reside|stay|settle)$/, prep: /^(in|at|near|on|aboard)$/, name: "LIVES_IN", label: "Place" },
  { verbs: /^base$/, prep: /^(in|at|near)$/, name: "LIVES_IN", label: "Place" },
  { verbs: /^(move|relocate|emigrate)$/, prep: /^to$/, name: "LIVES_IN", label: "Place" },
  {
    verbs: /^(split|break)$/,
    particle: /^up$/,
    prep: /^(with|from)$/,
    name: "HAS_PARTNER",
    label: "Person",
    ends: true,
  },
  { verbs: /^(divorce|dump)$/, proper: true, name: "HAS_PARTNER", label: "Person", ends: true },
  { verbs: /^marry$/, name: "HAS_SPOUSE", label: "Person", proper: true },
  { verbs: /^(date|see)$/, name: "HAS_PARTNER", label: "Person", proper: true },
  { verbs: /^(stop|quit|give)$/, particle: /^up$/, name: "DOES", node: true, ends: true },
  { verbs: /^(ditch|abandon|dump)$/, name: "USES", node: true, ends: true },
  { verbs: /^(leave|quit)$/, proper: true, name: "WORKS_AT", label: "Organization", ends: true },
  { verbs: /^cancel$/, name: "HAS", node: true, ends: true },
  { verbs: /^(like|love|enjoy|adore|fancy)$/, name: "LIKES", node: true },
  { verbs: /^(hate|dislike|detest|despise|loathe)$/, name: "DISLIKES", node: true },
  { verbs: /^prefer$/, name: "PREFERS", node: true },
  { verbs: /^use$/, name: "USES", node: true },
  { verbs: /^own$/, name: "OWNS", node: true },
  { verbs: /^speak$/, name: "SPEAKS", node: true },
  { verbs: /^play$/, name: "PLAYS", node: true },
  { verbs: /^(learn|study)$/, name: "STUDIES", node: true },
  { verbs: /^study$/, prep: /^at$/, name: "STUDIES_AT", label: "Organization" },
  { verbs: /^graduate$/, prep: /^from$/, name: "GRADUATED_FROM", label: "Organization" },
  { verbs: /^teach$/, name: "TEACHES", node: true },
  { verbs: /^diagnose$/, prep: /^with$/, name: "DIAGNOSED_WITH", label: "Condition", node: true },
  { verbs: /^suffer$/, prep: /^from$/, name: "HAS_CONDITION", label: "Condition", node: true },
  { verbs: /^bear$/, prep: /^in$/, name: "BORN_IN", label: "Place" },
  { verbs: /^(visit|tour)$/, name: "VISITS", label: "Place", proper: true },
  { verbs: /^(adopt)$/, name: "ADOPTS", node: true },
];

/** A frame with the phrases that fit it. */
export interface Framed {
  frame: Frame;
  phrases: Phrase[];
}

/** What a clause's verb tells for sure: the first frame that fits, and those that a preposition adds to it. */
export function framesOf(clause: Clause): Framed[] {
  const fitting = FRAMES.flatMap((frame): Framed[] => {
    if (!frame.verbs.test(clause.verb) || (frame.particle && !frame.particle.test(clause.particle ?? ""))) return [];
    const phrases = frame.prep
      ? (clause.preps.find(({ prep }) => frame.prep?.test(prep))?.phrases ?? [])
      : clause.objects;
    const meant = phrases.filter(({ pronoun, proper }) => pronoun === null && (!frame.proper || proper));
    return meant.length > 0 ? [{ frame, phrases: meant }] : [];
  });
  return fitting.filter(
    ({ frame }, index) =>
      index === 0 || (frame.prep && fitting.findIndex((other) => other.frame.name === frame.name) === index),
  );
}
