/** Words are looked for as they stand within a sentence: with a capital they are names, of people called Joy and May too. */

/** What is said of a moment, or of how one finds a thing, is true when it is said and tells little of anybody later. */
const PASSING =
  /\b(super|so|such|really|truly|very|quite|pretty|totally|just|now|always there|great|good|better|best|nice|awesome|amazing|wonderful|fantastic|incredible|beautiful|gorgeous|lovely|cool|cute|special|important|thankful|grateful|glad|happy|sad|sorry|excited|proud|ready|lucky|busy|alright|ok|okay|fine|sure|tough|hard|easy|fun|rewarding|inspiring|stunning|tricky|reminder|feeling|dreams?|passions?|joy|blast|journey|way|lot|ton|kind of|thing|things|step|decision|moment|deal|part of|usual)\b/;

/** Words in which something is only possible, or half said. */
const HALF_SAID =
  /\b(can|could|may|might|would|should|had to|is to|has to|have to|be able|going to|thinking of|wants?)\b/;

/** Words that point to something said elsewhere, or to the thing at hand. */
const POINTING =
  /\b(this|these|those|that|it|them|there|how|the (thought|idea|acting|progress|texture|taste|smell|tech|structure|support))\b/;

/** What one is in the middle of, or is only as somebody's. */
const UNDER_WAY = /\b(is|has been|are) (their|his|her|\w+ing)\b/i;

/** Words that cannot end a sentence tell that it was not understood to its end. */
export const ENDS_OPEN =
  / (to|of|for|with|and|or|the|a|an|that|how|what|about|is|are|was|from|so|very|really|out|getting|making|having|being)$/i;

/** Verbs of answering, finding and feeling. */
const OF_MIND =
  /^(agree|sound|mean|seem|feel|look|wonder|appreciate|thank|inspire|remind|guess|hope|accept|understand|congratulate|be|do|get|have)$/;

const UNSURE = 0.5;

/** How sure a reading is: less where the words are about a moment, point elsewhere or break off. `verb` where its sense is open. */
export function sureness(fact: string, sure: number, verb = ""): number {
  const passing = [PASSING, HALF_SAID, POINTING, UNDER_WAY, ENDS_OPEN].some((words) => words.test(fact));
  return passing || OF_MIND.test(verb) ? Math.min(sure, UNSURE) : sure;
}
