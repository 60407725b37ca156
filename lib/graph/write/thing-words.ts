/** The words that tell a thing from others of its kind: "volvo" of "the Volvo". */
export function listWords(name: string): string[] {
  return (
    name
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.filter((word) => !/^(?:the|an?|my|our)$/.test(word))
      .map((word) => word.replace(/(?<=\p{L}{3})s$/u, "")) ?? []
  );
}

/** Whether the name of a thing has all these words: "Volvo V70" has that of "the Volvo". */
export function hasAllWords(name: string, words: readonly string[]): boolean {
  const whole = new Set(listWords(name));
  return words.every((word) => whole.has(word));
}
