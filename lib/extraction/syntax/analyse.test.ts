import assert from "node:assert/strict";
import { test } from "node:test";
import { analyseSentence, analyseText } from "#lib/extraction/syntax/analyse.ts";

/** Written for this test: each word with its part of speech, its relation and its head's word. */
const SENTENCES = [
  "My/PRON/nmod:poss/sister sister/NOUN/nsubj/lives lives/VERB/root/- in/ADP/case/Tampere Tampere/PROPN/obl/lives ./PUNCT/punct/lives",
  "I/PRON/nsubj/work work/VERB/root/- at/ADP/case/Zelbridge Zelbridge/PROPN/obl/work ./PUNCT/punct/work",
  "i/PRON/nsubj/work work/VERB/root/- for/ADP/case/brewery a/DET/det/brewery family/NOUN/compound/brewery brewery/NOUN/obl/work",
  "We/PRON/nsubj/have do/AUX/aux/have n't/PART/advmod/have have/VERB/root/- a/DET/det/tortoise tortoise/NOUN/obj/have ./PUNCT/punct/have",
  "She/PRON/nsubj/moved moved/VERB/root/- to/ADP/case/Ghana Ghana/PROPN/obl/moved last/ADJ/amod/year year/NOUN/obl:unmarked/moved ./PUNCT/punct/moved",
  "My/PRON/nmod:poss/uncle uncle/NOUN/nsubj/allergic is/AUX/cop/allergic allergic/ADJ/root/- to/ADP/case/penicillin penicillin/NOUN/obl/allergic ./PUNCT/punct/allergic",
  "The/DET/det/committee committee/NOUN/nsubj/rejected rejected/VERB/root/- the/DET/det/proposal new/ADJ/amod/proposal proposal/NOUN/obj/rejected ./PUNCT/punct/rejected",
];

test("plain sentences about a person are analysed as a grammarian would", () => {
  for (const sentence of SENTENCES) {
    const gold = sentence.split(" ").map((word) => word.split("/"));
    const tokens = analyseSentence(gold.map(([text = ""]) => text));
    const found = tokens.map(({ text, upos, relation, head }) => [text, upos, relation, tokens[head]?.text ?? "-"]);
    assert.deepEqual(found, gold);
  }
});

test("any words have one root's tree: every head is in the sentence and leads to the top", () => {
  for (const words of [[], ["?"], ["the", "the", "the"], Array.from({ length: 60 }, (_, index) => `w${index}`)]) {
    const tokens = analyseSentence(words);
    assert.equal(tokens.length, words.length);
    for (const token of tokens) {
      let [at, steps] = [token.head, 0];
      while (at >= 0 && steps <= words.length) [at, steps] = [tokens[at]?.head ?? -1, steps + 1];
      assert.ok(steps <= words.length);
    }
  }
});

test("a text is analysed sentence by sentence, and every token knows its place", () => {
  const text = "Hi! I don't live in Ghent, my aunt does.";
  const sentences = analyseText(text);
  assert.deepEqual(
    sentences.map((tokens) => tokens.length),
    [2, 11],
  );
  for (const token of sentences.flat()) assert.equal(text.slice(token.start, token.end), token.text);
  const [, second = []] = sentences;
  const root = second.find(({ head }) => head === -1);
  assert.deepEqual([root?.text, second.find(({ relation }) => relation === "nsubj")?.text], ["live", "I"]);
});

test("a verb that is joined to another has a clause of its own", () => {
  const [tokens = []] = analyseText("I live in Leeds and work at Acme");
  const [work, acme] = [tokens[5], tokens[7]];
  assert.deepEqual([work?.relation, work?.head, acme?.head], ["conj", 1, 5]);
});

test("a pronoun in the nominative is the subject of its verb, alone or with somebody", () => {
  for (const [text, verb, subject] of [
    ["I got hired at IBM", "got", "I"],
    ["I got promoted to shift supervisor yesterday!", "got", "I"],
    ["Aylin and I have been friends since kindergarten", "friends", "Aylin"],
  ]) {
    const [tokens = []] = analyseText(text ?? "");
    const root = tokens.findIndex(({ head }) => head === -1);
    assert.equal(tokens[root]?.text, verb);
    assert.equal(tokens.find(({ head, relation }) => head === root && relation.startsWith("nsubj"))?.text, subject);
  }
});

test("a phrase does not go on behind an “and” that another clause follows", () => {
  const [tokens = []] = analyseText("I now have an iPhone 15 and the good news is that the app stays logged in.");
  const [have, article, number, is] = [tokens[2], tokens[3], tokens[5], tokens[10]];
  assert.deepEqual([have?.relation, article?.head, number?.head], ["root", 5, 2]);
  assert.ok(is && is.head > 6);
});

test("“does” helps no verb that stands in the past, and “more” belongs to what is denied before the comma", () => {
  const [tokens = []] = analyseText("The router does nothing since I moved to Breda in September.");
  const [router, does, nothing, moved] = [tokens[1], tokens[2], tokens[3], tokens[6]];
  assert.deepEqual(
    [router, does, nothing, moved].map((token) => [token?.relation, token?.head]),
    [
      ["nsubj", 2],
      ["root", -1],
      ["obj", 2],
      ["advcl", 2],
    ],
  );
  const [denied = []] = analyseText("I'm not vegetarian any more, I'm pescatarian since moving in with him.");
  assert.deepEqual([denied[5]?.text, denied[5]?.head, denied[9]?.relation], ["more", 3, "parataxis"]);
});
