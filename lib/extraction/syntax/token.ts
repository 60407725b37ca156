/** A word in its sentence, in the terms of Universal Dependencies (https://universaldependencies.org/u/dep/). */
export interface Token {
  text: string;
  /** The universal part of speech, such as VERB, and the one of the Penn Treebank, such as VBD. */
  upos: string;
  xpos: string;
  /** The place of its head in the sentence, from 0; -1 for the root. */
  head: number;
  /** What it is to its head, such as "nsubj" or "obl". */
  relation: string;
}
