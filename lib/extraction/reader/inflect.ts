/** Irregular forms of the verbs that the vocabulary's patterns name, each with its base. */
const IRREGULAR: Readonly<Record<string, string>> = {
  am: "be",
  is: "be",
  are: "be",
  was: "be",
  were: "be",
  been: "be",
  being: "be",
  "'m": "be",
  "'re": "be",
  "’m": "be",
  "’re": "be",
  m: "be",
  has: "have",
  had: "have",
  "'ve": "have",
  left: "leave",
  got: "get",
  gotten: "get",
  became: "become",
  began: "begin",
  begun: "begin",
  ate: "eat",
  eaten: "eat",
  drank: "drink",
  drunk: "drink",
  drove: "drive",
  driven: "drive",
  bought: "buy",
  sold: "sell",
  stole: "steal",
  stolen: "steal",
  taught: "teach",
  spoke: "speak",
  spoken: "speak",
  learnt: "learn",
  took: "take",
  taken: "take",
  went: "go",
  gone: "go",
  gave: "give",
  given: "give",
  grew: "grow",
  grown: "grow",
  came: "come",
  lost: "lose",
  found: "find",
  broke: "break",
  broken: "break",
  split: "split",
  quit: "quit",
  met: "meet",
  meant: "mean",
  kept: "keep",
  told: "tell",
  said: "say",
  knew: "know",
  known: "know",
  thought: "think",
  felt: "feel",
  laid: "lay",
  dying: "die",
  lying: "lie",
  children: "child",
  wives: "wife",
};

const CONSONANT_Y = /[^aeiou]y$/;
/** One vowel before one consonant at the end of a short word doubles it: plan, planned. */
const DOUBLED = /^[^aeiou]*[aeiou][bdgklmnprt]$/;

/** What a form may be the base of: "moved" of "mov" and "move", "quit" of itself. Which of them is a word the caller knows. */
export function listBases(form: string): string[] {
  const lower = form.toLowerCase();
  const known = Object.hasOwn(IRREGULAR, lower) ? IRREGULAR[lower] : undefined;
  if (known) return known === "be" ? ["be"] : [known, lower];
  const bases = [lower];
  if (lower.endsWith("s")) bases.push(lower.slice(0, -1), lower.replace(/es$/, ""), lower.replace(/ies$/, "y"));
  for (const ending of ["ed", "ing"]) {
    if (!lower.endsWith(ending)) continue;
    const stem = lower.slice(0, -ending.length);
    bases.push(stem, `${stem}e`, stem.replace(/(.)\1$/, "$1"));
  }
  if (lower.endsWith("ied")) bases.push(lower.replace(/ied$/, "y"));
  return bases;
}

/** "cook" → "cooking". */
export function makeGerund(base: string): string {
  if (/ie$/.test(base)) return base.replace(/ie$/, "ying");
  if (/[^e]e$/.test(base) && base !== "be") return base.replace(/e$/, "ing");
  return DOUBLED.test(base) && !CONSONANT_Y.test(base) ? `${base}${base.at(-1)}ing` : `${base}ing`;
}

/** "boat" → "a boat", "old car" → "an old car". */
export function addArticle(noun: string): string {
  return /^(?:[aeio]|u(?!ni|s))/i.test(noun) && !/^(?:one|uni|eu)/i.test(noun) ? `an ${noun}` : `a ${noun}`;
}
