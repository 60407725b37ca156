import names from "human-names";

const { allEn, allIt, allFr, allDe, allEs, allNl } = names;
const FIRST_NAMES = new Set([allEn, allIt, allFr, allDe, allEs, allNl].flat().map((name) => name.toLowerCase()));

/** Names that are as often the word they look like. */
const WORDS = new Set(
  "art clay joy hope will may april june august grace mark faith rose summer autumn dawn bill rich drew chase grant dale glen guy jack pat penny ray rob sandy skip sue tony wade ivy iris lily violet daisy amber ruby pearl crystal star angel brook heather holly hazel ginger honey sky so my an sunny early love fate an in".split(
    " ",
  ),
);

/** Whether a word is a first name and little else. */
export function isFirstName(word: string): boolean {
  const lower = word.toLowerCase();
  return FIRST_NAMES.has(lower) && !WORDS.has(lower);
}
