/** What a search came to, in words. */
export const VERDICTS = {
  confirmed: { tone: "now", words: "nothing left" },
  residue: { tone: "risk", words: "something left" },
  incomplete: { tone: "waiting", words: "not everywhere" },
} as const;
