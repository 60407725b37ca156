import { numberCoarseTags } from "#lib/extraction/syntax/coarse.ts";
import type { SyntaxModel } from "#lib/extraction/syntax/model.ts";
import { parseSentence } from "#lib/extraction/syntax/parser.ts";
import { tagWords } from "#lib/extraction/syntax/tagger.ts";
import { describeWord } from "#lib/extraction/syntax/words.ts";
import type { Tree } from "#scripts/training/treebank.ts";

/** How many in a hundred words get the right tag, the right head, and the right head with the right relation. */
export function measureModel(model: SyntaxModel, trees: Tree[]) {
  const coarse = numberCoarseTags(model.tags);
  let [words, tags, universal, heads, arcs] = [0, 0, 0, 0, 0];
  const started = performance.now();
  for (const tree of trees) {
    const forms = tree.words.map(describeWord);
    const tagged = tagWords(forms, model.tagger, model.tags.length);
    const sentence = { words: forms, tags: tagged, coarse: tagged.map((tag) => coarse[tag] ?? 0) };
    const state = parseSentence(sentence, model.parser, 1 + 2 * model.relations.length);
    for (const [index, tag] of tree.tags.entries()) {
      const found = model.tags[tagged[index] ?? 0] ?? "";
      words += 1;
      tags += found === tag ? 1 : 0;
      universal += found.split("|")[0] === tag.split("|")[0] ? 1 : 0;
      const hasHead = state.heads[index + 1] === tree.heads[index];
      heads += hasHead ? 1 : 0;
      arcs += hasHead && model.relations[state.relations[index + 1] ?? 0] === tree.relations[index] ? 1 : 0;
    }
  }
  const seconds = (performance.now() - started) / 1_000;
  const share = (count: number) => ((100 * count) / words).toFixed(1);
  return {
    "joint tags": share(tags),
    UPOS: share(universal),
    UAS: share(heads),
    LAS: share(arcs),
    "sentences/s": Math.round(trees.length / seconds),
  };
}
