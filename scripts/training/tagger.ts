import { FeatureList } from "#lib/extraction/syntax/features.ts";
import { findBest, listTagFeatures, tagWords } from "#lib/extraction/syntax/tagger.ts";
import { describeWord } from "#lib/extraction/syntax/words.ts";
import { FeatureCounter, Perceptron } from "#scripts/training/perceptron.ts";
import { shuffle } from "#scripts/training/shuffle.ts";
import type { Tree } from "#scripts/training/treebank.ts";

const ROUNDS = 6;
/** A feature seen less often tells of one sentence rather than of the language. */
const LEAST_SEEN = 3;
const FOLDS = 5;

/** The tagger's weights, averaged. */
export function trainTagger(trees: Tree[], tags: string[], report: (line: string) => void) {
  const perceptron = learnTags(trees, tags, report);
  return { features: perceptron.features, classes: tags.length, values: perceptron.average() };
}

/**
 * Tags each tree by a tagger that has not seen it, so that the parser learns from tags as wrong as those that it will meet.
 * @returns the numbers of the tags, tree by tree.
 */
export function tagAsOthersWould(trees: Tree[], tags: string[]): Int32Array[] {
  const tagged: Int32Array[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const others = trees.filter((_, index) => index % FOLDS !== fold);
    const perceptron = learnTags(others, tags, () => undefined);
    perceptron.settleOnAverage();
    for (let index = fold; index < trees.length; index += FOLDS)
      tagged[index] = tagWords((trees[index]?.words ?? []).map(describeWord), perceptron, tags.length);
  }
  return tagged;
}

function learnTags(trees: Tree[], tags: string[], report: (line: string) => void): Perceptron {
  const numbers = new Map(tags.map((tag, number) => [tag, number]));
  const sentences = trees.map(({ words, tags: gold }) => ({
    words: words.map(describeWord),
    gold: gold.map((tag) => numbers.get(tag) ?? 0),
  }));
  const list = new FeatureList();
  const counter = new FeatureCounter();
  for (const { words, gold } of sentences) {
    for (let at = 0; at < words.length; at += 1) {
      listTagFeatures(words, at, gold[at - 1] ?? -1, gold[at - 2] ?? -1, list);
      counter.count(list);
    }
  }
  const perceptron = new Perceptron(counter.listFrequent(LEAST_SEEN), tags.length);
  const scores = new Float32Array(tags.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    let [right, all] = [0, 0];
    for (const { words, gold } of shuffle(sentences, round)) {
      let [before, twoBefore] = [-1, -1];
      for (let at = 0; at < words.length; at += 1) {
        listTagFeatures(words, at, before, twoBefore, list);
        perceptron.score(list, scores);
        const guess = findBest(scores);
        const truth = gold[at] ?? 0;
        perceptron.learn(list, truth, guess);
        right += guess === truth ? 1 : 0;
        all += 1;
        [before, twoBefore] = [guess, before];
      }
    }
    report(`tagger, round ${round + 1}: ${((100 * right) / all).toFixed(2)} % right while learning`);
  }
  return perceptron;
}
