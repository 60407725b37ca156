import { readFileSync } from "node:fs";

/** A sentence of a treebank with its analysis. Heads count words from 1; 0 is the root. */
export interface Tree {
  words: string[];
  /** Universal and language-specific part of speech, joined: "NOUN|NN". */
  tags: string[];
  heads: number[];
  relations: string[];
}

/** Reads CoNLL-U (https://universaldependencies.org/format.html); words of a multi-word token and empty nodes are told apart by their ids. */
export function readTreebank(file: string): Tree[] {
  return readFileSync(file, "utf8")
    .split(/\n\n+/)
    .flatMap((block) => {
      const rows = block
        .split("\n")
        .filter((line) => /^\d+\t/.test(line))
        .map((line) => line.split("\t"));
      if (rows.length === 0) return [];
      return {
        words: rows.map((row) => row[1] ?? ""),
        tags: rows.map((row) => `${row[3]}|${row[4]}`),
        heads: rows.map((row) => Number(row[6])),
        relations: rows.map((row) => row[7] ?? ""),
      };
    });
}

/**
 * People type as they like: a third of the sentences loses its capitals, another third its final stop. Which ones follows
 * from their place, so that every training sees the same.
 */
export function roughenTrees(trees: Tree[]): Tree[] {
  return trees.map((tree, index) => {
    if (index % 3 === 0) return { ...tree, words: tree.words.map((word) => word.toLowerCase()) };
    return index % 3 === 1 ? withoutFinalStop(tree) : tree;
  });
}

function withoutFinalStop(tree: Tree): Tree {
  const last = tree.words.length;
  if (last < 3 || tree.words[last - 1] !== "." || tree.heads.includes(last)) return tree;
  const cut = <T>(items: T[]) => items.slice(0, -1);
  return { words: cut(tree.words), tags: cut(tree.tags), heads: cut(tree.heads), relations: cut(tree.relations) };
}
