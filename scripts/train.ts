import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openModel, type SyntaxModel } from "#lib/extraction/syntax/model.ts";
import { runCommand } from "#scripts/command.ts";
import { writeFirstPersonTrees } from "#scripts/training/grammar.ts";
import { packModel } from "#scripts/training/pack.ts";
import { trainParser } from "#scripts/training/parser.ts";
import { measureModel } from "#scripts/training/scores.ts";
import { tagAsOthersWould, trainTagger } from "#scripts/training/tagger.ts";
import { readTreebank, roughenTrees, type Tree } from "#scripts/training/treebank.ts";

const MODEL = resolve(import.meta.dirname, "../lib/extraction/syntax/english.bin");
const LICENCE =
  "Weights trained on the English Web Treebank of Universal Dependencies (UD_English-EWT). CC BY-SA 4.0, as the treebank is.";
/** How many sentences of our own grammar are mixed in: about a fifth of all. */
const FIRST_PERSON = 3_000;
/** Weights smaller than this share of the largest change nothing that one could measure. */
const LEAST_WEIGHT = 0.022;

/**
 * `npm run train -- <folder of the treebank>`: makes the weights of the tagger and the parser and prints how well they do on
 * text that they have not seen.
 */
await runCommand(async () => {
  const folder = process.argv[2];
  if (!folder) {
    console.error("Name the folder that holds en_ewt-train.conllu, en_ewt-dev.conllu and en_ewt-test.conllu.");
    return 2;
  }
  const read = (part: string) =>
    readTreebank(join(resolve(process.env.LETHE_CALLED_FROM ?? ".", folder), `en_ewt-${part}.conllu`));
  const trees = roughenTrees([...read("train"), ...writeFirstPersonTrees(FIRST_PERSON)]);
  const tags = listDistinct(trees.flatMap((tree) => tree.tags));
  const relations = listDistinct(trees.flatMap((tree) => tree.relations));
  const tagger = trainTagger(trees, tags, (line) => console.log(line));
  const tagged = tagAsOthersWould(trees, tags);
  const parser = trainParser(trees, tagged, { tags, relations }, (line) => console.log(line));
  const packed = packModel({ tags, relations, licence: LICENCE, tagger, parser }, LEAST_WEIGHT);
  writeFileSync(MODEL, packed);
  console.log(`${MODEL}: ${(packed.length / 1e6).toFixed(2)} MB`);
  const model = openModel(packed);
  console.table([...describeParts("dev", model, read("dev")), ...describeParts("test", model, read("test"))]);
  return 0;
});

function describeParts(part: string, model: SyntaxModel, trees: Tree[]) {
  const lowered = trees.map((tree) => ({ ...tree, words: tree.words.map((word) => word.toLowerCase()) }));
  return [
    { text: part, ...measureModel(model, trees) },
    { text: `${part}, lower case`, ...measureModel(model, lowered) },
  ];
}

function listDistinct(words: string[]): string[] {
  return [...new Set(words)].sort();
}
