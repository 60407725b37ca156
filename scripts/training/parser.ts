import { numberCoarseTags } from "#lib/extraction/syntax/coarse.ts";
import { FeatureList } from "#lib/extraction/syntax/features.ts";
import {
  chooseTransition,
  listParseFeatures,
  ParserState,
  type TaggedSentence,
} from "#lib/extraction/syntax/parser.ts";
import { describeWord } from "#lib/extraction/syntax/words.ts";
import { type GoldTree, listBestTransitions } from "#scripts/training/oracle.ts";
import { FeatureCounter, Perceptron } from "#scripts/training/perceptron.ts";
import { makeRandom, shuffle } from "#scripts/training/shuffle.ts";
import type { Tree } from "#scripts/training/treebank.ts";

const ROUNDS = 10;
/** From this round on the parser mostly goes where its own mistakes lead, and learns to make the best of them. */
const EXPLORES_FROM = 1;
const EXPLORES = 0.9;
const LEAST_SEEN = 5;

interface Labels {
  tags: string[];
  relations: string[];
}

/** The parser's weights, averaged. @param tagged the tags of each tree, as a tagger gives them. */
export function trainParser(
  trees: Tree[],
  tagged: Int32Array[],
  { tags, relations }: Labels,
  report: (line: string) => void,
) {
  const coarse = numberCoarseTags(tags);
  const numbers = new Map(relations.map((relation, number) => [relation, number]));
  const sentences = trees.map((tree, index) => {
    const ownTags = tagged[index] ?? new Int32Array(tree.words.length);
    const sentence: TaggedSentence = {
      words: tree.words.map(describeWord),
      tags: ownTags,
      coarse: ownTags.map((tag) => coarse[tag] ?? 0),
    };
    const gold: GoldTree = {
      heads: Int32Array.from([-1, ...tree.heads]),
      relations: Int32Array.from([-1, ...tree.relations.map((relation) => numbers.get(relation) ?? 0)]),
    };
    return { sentence, gold };
  });
  const classes = 1 + 2 * relations.length;
  const list = new FeatureList();
  const counter = new FeatureCounter();
  for (const { sentence, gold } of sentences) {
    const state = new ParserState(sentence.words.length);
    while (!state.isDone()) {
      listParseFeatures(state, sentence, list);
      counter.count(list);
      state.apply(listBestTransitions(state, gold, relations.length)[0] ?? 0);
    }
  }
  const features = counter.listFrequent(LEAST_SEEN);
  report(`parser: ${features.length} features seen at least ${LEAST_SEEN} times`);
  const perceptron = new Perceptron(features, classes);
  const scores = new Float32Array(classes);
  const random = makeRandom(7);
  for (let round = 0; round < ROUNDS; round += 1) {
    let [right, all] = [0, 0];
    for (const { sentence, gold } of shuffle(sentences, round)) {
      const state = new ParserState(sentence.words.length);
      while (!state.isDone()) {
        listParseFeatures(state, sentence, list);
        perceptron.score(list, scores);
        const guess = chooseTransition(state, scores);
        const best = listBestTransitions(state, gold, relations.length);
        const truth = best.includes(guess) ? guess : findHighest(best, scores);
        perceptron.learn(list, truth, guess);
        right += guess === truth ? 1 : 0;
        all += 1;
        const explores = round >= EXPLORES_FROM && random() < EXPLORES;
        state.apply(explores ? guess : truth);
      }
    }
    report(`parser, round ${round + 1}: ${((100 * right) / all).toFixed(2)} % right while learning`);
  }
  return { features, classes, values: perceptron.average() };
}

function findHighest(among: number[], scores: Float32Array): number {
  return among.reduce((best, each) => ((scores[each] ?? 0) > (scores[best] ?? 0) ? each : best));
}
