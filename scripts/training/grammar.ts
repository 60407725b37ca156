import { makeRandom } from "#scripts/training/shuffle.ts";
import type { Tree } from "#scripts/training/treebank.ts";

/**
 * What people say of themselves and theirs, in many wordings, with the analysis that the treebank would give: news and
 * reviews have little of it. Narrow wording would teach false habits, so every slot varies.
 */
export function writeFirstPersonTrees(howMany: number): Tree[] {
  const grammar = new Grammar(makeRandom(20_261_126));
  return Array.from({ length: howMany }, () => lineariseTree(grammar.writeSentence()));
}

interface Node {
  word: string;
  tag: string;
  relation: string;
  before: Node[];
  after: Node[];
}

function makeNode(word: string, tag: string, relation: string, before: Node[] = [], after: Node[] = []): Node {
  return { word, tag, relation, before, after };
}

function lineariseTree(root: Node): Tree {
  const order: { node: Node; head: Node | null }[] = [];
  const visit = (each: Node, head: Node | null): void => {
    for (const child of each.before) visit(child, each);
    order.push({ node: each, head });
    for (const child of each.after) visit(child, each);
  };
  visit(root, null);
  const places = new Map(order.map(({ node: each }, index) => [each, index + 1]));
  const plain = order.map(({ node: { word } }) => word);
  const spoken = plain.map((word, index) => (word === "a" && /^[aeiou]/i.test(plain[index + 1] ?? "") ? "an" : word));
  const words = spoken.map((word, index) => (index === 0 ? capitaliseWord(word) : word));
  return {
    words,
    tags: order.map(({ node: { tag } }) => tag),
    heads: order.map(({ head }) => (head ? (places.get(head) ?? 0) : 0)),
    relations: order.map(({ node: { relation } }) => relation),
  };
}

function capitaliseWord(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const split = (words: string) => words.split(/\s+/);
const KIN = split(
  "sister brother mother father mom dad wife husband son daughter aunt uncle cousin niece nephew girlfriend boyfriend partner fiancé grandmother grandfather friend boss neighbor roommate colleague",
);
const ANIMALS = split("dog cat rabbit horse puppy kitten parrot hamster goldfish");
const FIRST = split(
  "Anna Paul Marta Emil Nora Leo Ines Karim Tove Ruth Jane Max Olena Theo Maya Ivo Greta Rosa Sami Yuki Bella Rex Luna Milo",
);
const LAST = split("Smith Okafor Lind Park Novak Silva Haas Byrne Costa Meyer Chen Ortiz");
const PLACES = split(
  "Porto Berlin Leeds Austin Graz Lisbon Toronto Osaka Ghent Kyoto Boston Nairobi Spain Canada Ohio",
);
const COMPANIES = split("Acme Google Starbucks Siemens Netflix Deloitte Walmart Spotify Bluefin Northwind Ikea");
const COMPANY_ENDS = split("Labs Optics Freight Foods Bank Systems Press");
const JOBS = split(
  "nurse teacher plumber baker lawyer chef driver designer waiter engineer barista pilot farmer carpenter",
);
const JOB_KINDS = split("software sales school data project night head graphic");
const SUBJECTS = split("biology law history music physics economics nursing philosophy");
const FOODS = split("peanuts gluten shellfish sushi coffee tea chocolate cheese pasta wine mushrooms tofu meat dairy");
const THINGS = split("car bike house guitar laptop piano boat apartment phone camera motorcycle");
const QUALITIES = split("small new old big red lovely tiny local great little");
const ACTIVITIES = split("hiking cooking swimming running reading dancing painting gardening skiing climbing");
const PASTIMES = split(
  "rock_music country_music ice_cream video_games board_games line_dancing mystery_novels crime_novels horror_movies comic_books road_trips dog_shows soap_operas table_tennis house_plants street_food jazz_clubs water_polo bird_watching",
);
const STATES = split("vegetarian vegan married single retired divorced pregnant diabetic happy tired allergic");
const LANGUAGES = split("Portuguese German Italian Japanese English French Spanish Dutch");
const UNITS: [string, string][] = [
  ["year", "years"],
  ["month", "months"],
  ["week", "weeks"],
];
const NUMBERS = split("two three four five six ten 12 15 27 34 42");
const MONTHS = split("January March April June August October December");

interface Person {
  /** The forms of "be" and "have", and the ending of other verbs, that go with it. */
  third: boolean;
  plural: boolean;
  make: (relation: string) => Node;
}

/** "Love coffee", "allergic to cats": short messages leave out "I" and the "am" behind it. */
function dropSpeaker(root: Node): void {
  const [first, second] = root.before;
  if (first?.word !== "I" || (second !== undefined && !/^(?:am|'m)$/.test(second.word))) return;
  root.before.splice(0, second === undefined ? 1 : 2);
}

class Grammar {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  writeSentence(): Node {
    const root = this.#clause("root");
    if (this.#chance(0.14)) dropSpeaker(root);
    if (this.#chance(0.26)) this.#join(root);
    if (this.#chance(0.12)) root.before.unshift(...this.#opening());
    root.after.push(makeNode(this.#chance(0.9) ? "." : "!", "PUNCT|.", "punct"));
    return root;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick<T>(items: readonly [T, ...T[]] | readonly T[]): T {
    const found = items[Math.floor(this.#random() * items.length)];
    if (found === undefined) throw new Error("there is nothing to pick from");
    return found;
  }

  #opening(): Node[] {
    const comma = makeNode(",", "PUNCT|,", "punct");
    return this.#pick([
      () => [makeNode("hi", "INTJ|UH", "discourse"), comma],
      () => [makeNode("actually", "ADV|RB", "advmod"), comma],
      () => [makeNode("well", "INTJ|UH", "discourse"), comma],
      () => [makeNode("so", "ADV|RB", "advmod")],
      () => [makeNode("yes", "INTJ|UH", "discourse"), comma],
    ])();
  }

  /** ", can you recommend a book?", ", is it safe for me?": what a statement leads to. */
  #question(): Node {
    const you = makeNode("you", "PRON|PRP", "nsubj");
    const thing = this.#thing("obj");
    const verb = makeNode(this.#pick(["recommend", "find", "send", "suggest", "check"]), "VERB|VB", "parataxis", [
      makeNode(",", "PUNCT|,", "punct"),
      makeNode(this.#pick(["can", "could", "would"]), "AUX|MD", "aux"),
      you,
    ]);
    if (this.#chance(0.7)) return { ...verb, after: [thing] };
    const safe = makeNode(this.#pick(["safe", "legal", "possible", "okay"]), "ADJ|JJ", "parataxis", [
      makeNode(",", "PUNCT|,", "punct"),
      makeNode("is", "AUX|VBZ", "cop"),
      makeNode(this.#pick(["it", "that", "this"]), "PRON|PRP", "nsubj"),
    ]);
    return safe;
  }

  /** "… and my sister lives in Porto", "… because I work at Acme", "…, but …". */
  #join(root: Node): void {
    if (this.#chance(0.2)) {
      root.after.push(this.#question());
      return;
    }
    if (this.#chance(0.6)) {
      const second = this.#clause("conj");
      second.before.unshift(makeNode(this.#pick(["and", "but", "and"]), "CCONJ|CC", "cc"));
      if (this.#chance(0.4)) second.before.unshift(makeNode(",", "PUNCT|,", "punct"));
      root.after.push(second);
      return;
    }
    const reason = this.#clause("advcl");
    reason.before.unshift(makeNode(this.#pick(["because", "since", "while"]), "SCONJ|IN", "mark"));
    root.after.push(reason);
  }

  #clause(relation: string): Node {
    const subject = this.#subject();
    const make = this.#pick([
      () => this.#living(subject),
      () => this.#living(subject),
      () => this.#working(subject),
      () => this.#working(subject),
      () => this.#moving(subject),
      () => this.#having(subject),
      () => this.#having(subject),
      () => this.#liking(subject),
      () => this.#liking(subject),
      () => this.#being(subject),
      () => this.#being(subject),
      () => this.#aged(subject),
      () => this.#naming(),
      () => this.#studying(subject),
      () => this.#doing(subject),
      () => this.#taking(subject),
    ]);
    return { ...make(), relation };
  }

  #subject(): Person {
    if (this.#chance(0.5))
      return { third: false, plural: false, make: (relation) => makeNode("I", "PRON|PRP", relation) };
    if (this.#chance(0.15))
      return { third: false, plural: true, make: (relation) => makeNode("we", "PRON|PRP", relation) };
    if (this.#chance(0.25)) {
      const word = this.#pick(["he", "she"]);
      return { third: true, plural: false, make: (relation) => makeNode(word, "PRON|PRP", relation) };
    }
    if (this.#chance(0.2)) return { third: true, plural: false, make: (relation) => this.#name(relation) };
    return { third: true, plural: false, make: (relation) => this.#kin(relation) };
  }

  #name(relation: string): Node {
    const after = this.#chance(0.25) ? [makeNode(this.#pick(LAST), "PROPN|NNP", "flat")] : [];
    if (relation === "nsubj" && this.#chance(0.2)) {
      const role = makeNode(this.#pick([...KIN, ...ANIMALS]), "NOUN|NN", "appos", [
        makeNode(",", "PUNCT|,", "punct"),
        makeNode("my", "PRON|PRP$", "nmod:poss"),
      ]);
      after.push(role, makeNode(",", "PUNCT|,", "punct"));
    }
    return makeNode(this.#pick(FIRST), "PROPN|NNP", relation, [], after);
  }

  /** "my sister", "my older brother Paul", "my wife's father". */
  #kin(relation: string): Node {
    const before: Node[] = [];
    if (this.#chance(0.15)) {
      const owner = makeNode(this.#pick(KIN), "NOUN|NN", "nmod:poss", [makeNode("my", "PRON|PRP$", "nmod:poss")]);
      owner.after.push(makeNode("'s", "PART|POS", "case"));
      before.push(owner);
    } else before.push(makeNode(this.#pick(["my", "my", "my", "our", "her", "his"]), "PRON|PRP$", "nmod:poss"));
    if (this.#chance(0.2)) before.push(makeNode(this.#pick(["best", "youngest", "oldest"]), "ADJ|JJS", "amod"));
    else if (this.#chance(0.15)) before.push(makeNode(this.#pick(["older", "younger", "elder"]), "ADJ|JJR", "amod"));
    const after = this.#chance(0.3) ? [makeNode(this.#pick(FIRST), "PROPN|NNP", "appos")] : [];
    if (after.length > 0 && relation === "nsubj" && this.#chance(0.25)) {
      after[0]?.before.push(makeNode(",", "PUNCT|,", "punct"));
      after.push(makeNode(",", "PUNCT|,", "punct"));
    }
    return makeNode(this.#pick(this.#chance(0.8) ? KIN : ANIMALS), "NOUN|NN", relation, before, after);
  }

  #place(relation: string, preposition: string): Node {
    const marker = makeNode(preposition, "ADP|IN", "case");
    if (this.#chance(0.12)) {
      const city = this.#chance(0.5) ? [makeNode("City", "PROPN|NNP", "flat")] : [];
      return makeNode("York", "PROPN|NNP", relation, [marker, makeNode("New", "ADJ|NNP", "amod")], city);
    }
    if (this.#chance(0.12)) {
      const kind = makeNode(this.#pick(QUALITIES), "ADJ|JJ", "amod");
      const article = makeNode("a", "DET|DT", "det");
      return makeNode(this.#pick(["town", "village", "city", "flat"]), "NOUN|NN", relation, [marker, article, kind]);
    }
    return makeNode(this.#pick(PLACES), "PROPN|NNP", relation, [marker]);
  }

  #company(relation: string, preposition: string): Node {
    const marker = makeNode(preposition, "ADP|IN", "case");
    if (this.#chance(0.25)) {
      const article = makeNode("a", "DET|DT", "det");
      const kind = this.#chance(0.6) ? [makeNode(this.#pick(QUALITIES), "ADJ|JJ", "amod")] : [];
      const place = this.#pick(["bank", "hospital", "bakery", "school", "startup", "company", "library"]);
      return makeNode(place, "NOUN|NN", relation, [marker, article, ...kind]);
    }
    if (this.#chance(0.3)) {
      const first = makeNode(this.#pick(COMPANIES), "PROPN|NNP", "compound");
      return makeNode(this.#pick(COMPANY_ENDS), "PROPN|NNP", relation, [marker, first]);
    }
    return makeNode(this.#pick(COMPANIES), "PROPN|NNP", relation, [marker]);
  }

  /** "as a nurse", "as a software engineer": or without the preposition where one is that. */
  #job(relation: string, before: Node[]): Node {
    const kind = this.#chance(0.3) ? [makeNode(this.#pick(JOB_KINDS), "NOUN|NN", "compound")] : [];
    const quality = this.#chance(0.15)
      ? [makeNode(this.#pick(["good", "retired", "freelance"]), "ADJ|JJ", "amod")]
      : [];
    return makeNode(this.#pick(JOBS), "NOUN|NN", relation, [
      ...before,
      makeNode("a", "DET|DT", "det"),
      ...quality,
      ...kind,
    ]);
  }

  /** When or since when: nothing, most often. */
  #time(): Node[] {
    if (!this.#chance(0.35)) return [];
    const [unit, units] = this.#pick(UNITS);
    return this.#pick([
      () => [makeNode(unit, "NOUN|NN", "obl:unmarked", [makeNode("last", "ADJ|JJ", "amod")])],
      () => [makeNode("now", "ADV|RB", "advmod")],
      () => {
        const count = makeNode(this.#pick(NUMBERS), "NUM|CD", "nummod");
        return [makeNode(units, "NOUN|NNS", "obl", [makeNode("for", "ADP|IN", "case"), count])];
      },
      () => {
        const count = makeNode(this.#pick(NUMBERS), "NUM|CD", "nummod");
        return [makeNode("ago", "ADV|RB", "advmod", [makeNode(units, "NOUN|NNS", "obl:unmarked", [count])])];
      },
      () => [
        makeNode(this.#pick(MONTHS), "PROPN|NNP", "obl", [makeNode(this.#pick(["in", "since"]), "ADP|IN", "case")]),
      ],
      () => [
        makeNode(String(1990 + Math.floor(this.#random() * 36)), "NUM|CD", "obl", [makeNode("in", "ADP|IN", "case")]),
      ],
    ])();
  }

  /** A verb with its subject, in the present or the past, denied or not, plain or going on. */
  #verb(person: Person, base: string, forms: { third: string; past: string; gerund: string }, after: Node[]): Node {
    const subject = person.make("nsubj");
    const adverb = this.#chance(0.1)
      ? [makeNode(this.#pick(["really", "still", "also", "currently"]), "ADV|RB", "advmod")]
      : [];
    if (this.#chance(0.14)) {
      const short = this.#chance(0.6);
      const does = makeNode(person.third ? "does" : "do", person.third ? "AUX|VBZ" : "AUX|VBP", "aux");
      const not = makeNode(short ? "n't" : "not", "PART|RB", "advmod");
      return makeNode(base, "VERB|VB", "root", [subject, does, not, ...adverb], after);
    }
    if (this.#chance(0.2))
      return makeNode(forms.gerund, "VERB|VBG", "root", [subject, this.#be(person, "aux"), ...adverb], after);
    if (this.#chance(0.12)) {
      const have = makeNode(
        this.#chance(0.5) ? (person.third ? "'s" : "'ve") : person.third ? "has" : "have",
        person.third ? "AUX|VBZ" : "AUX|VBP",
        "aux",
      );
      return makeNode(forms.gerund, "VERB|VBG", "root", [subject, have, makeNode("been", "AUX|VBN", "aux")], after);
    }
    if (this.#chance(0.3)) return makeNode(forms.past, "VERB|VBD", "root", [subject, ...adverb], after);
    if (this.#chance(0.08)) {
      const verb = makeNode(base, "VERB|VB", "xcomp", [makeNode("to", "PART|TO", "mark")], after);
      return makeNode("used", "VERB|VBD", "root", [subject], [verb]);
    }
    return makeNode(
      person.third ? forms.third : base,
      person.third ? "VERB|VBZ" : "VERB|VBP",
      "root",
      [subject, ...adverb],
      after,
    );
  }

  #be(person: Person, relation: string): Node {
    const past = this.#chance(0.15);
    if (past) return makeNode(person.plural ? "were" : "was", "AUX|VBD", relation);
    const short = this.#chance(0.5);
    if (person.third) return makeNode(short ? "'s" : "is", "AUX|VBZ", relation);
    if (person.plural) return makeNode(short ? "'re" : "are", "AUX|VBP", relation);
    return makeNode(short ? "'m" : "am", "AUX|VBP", relation);
  }

  #living(person: Person): Node {
    const forms = { third: "lives", past: "lived", gerund: "living" };
    const together = this.#chance(0.15) ? [this.#withSomebody()] : [];
    return this.#verb(person, "live", forms, [
      this.#place("obl", this.#pick(["in", "in", "near"])),
      ...together,
      ...this.#time(),
    ]);
  }

  #withSomebody(): Node {
    const somebody = this.#kin("obl");
    somebody.before.unshift(makeNode("with", "ADP|IN", "case"));
    return somebody;
  }

  #working(person: Person): Node {
    const forms = { third: "works", past: "worked", gerund: "working" };
    const marker = [makeNode("as", "ADP|IN", "case")];
    const after = this.#pick([
      () => [this.#company("obl", this.#pick(["at", "for", "at"]))],
      () => [this.#job("obl", marker)],
      () => [this.#job("obl", marker), this.#company("obl", "at")],
      () => [this.#place("obl", "in"), this.#job("obl", marker)],
    ])();
    return this.#verb(person, "work", forms, [...after, ...this.#time()]);
  }

  #moving(person: Person): Node {
    const forms = { third: "moves", past: "moved", gerund: "moving" };
    const from = this.#chance(0.3) ? [this.#place("obl", "from")] : [];
    return this.#verb(person, "move", forms, [...from, this.#place("obl", "to"), ...this.#time()]);
  }

  #thing(relation: string): Node {
    const quality = this.#chance(0.4) ? [makeNode(this.#pick(QUALITIES), "ADJ|JJ", "amod")] : [];
    if (this.#chance(0.2)) {
      const year = this.#chance(0.4) ? [makeNode(this.#pick(split("2004 2012 2018 2021")), "NUM|CD", "nummod")] : [];
      const make = makeNode(
        this.#pick(split("Honda Toyota Ford Volvo Fender Yamaha Dell Canon")),
        "PROPN|NNP",
        "compound",
      );
      const model = this.#pick(split("Civic Corolla Focus Golf Camry Prius Stratocaster Inspiron"));
      return makeNode(model, "PROPN|NNP", relation, [makeNode("a", "DET|DT", "det"), ...quality, ...year, make]);
    }
    const article = this.#pick([
      () => makeNode("a", "DET|DT", "det"),
      () => makeNode("the", "DET|DT", "det"),
      () => makeNode("my", "PRON|PRP$", "nmod:poss"),
    ])();
    return makeNode(this.#pick(THINGS), "NOUN|NN", relation, [article, ...quality]);
  }

  /** "a dog", "two kids", "a cat named Luna", "a sister in Graz". */
  #having(person: Person): Node {
    const forms = { third: "has", past: "had", gerund: "having" };
    const count = this.#pick(NUMBERS);
    const object = this.#pick([
      () => this.#thing("obj"),
      () =>
        makeNode(
          this.#pick(["kids", "children", "dogs", "cats", "sisters", "brothers"]),
          "NOUN|NNS",
          "obj",
          [makeNode(count, "NUM|CD", "nummod")],
          this.#chance(0.4) ? [this.#listNames()] : [],
        ),
      () =>
        makeNode(
          this.#pick([...KIN, ...ANIMALS]),
          "NOUN|NN",
          "obj",
          [makeNode("a", "DET|DT", "det")],
          this.#chance(0.5) ? [this.#listNames(1)] : [],
        ),
      () => {
        const name = makeNode(this.#pick(FIRST), "PROPN|NNP", "xcomp");
        const named = makeNode(this.#pick(["named", "called"]), "VERB|VBN", "acl", [], [name]);
        return makeNode(this.#pick([...ANIMALS, ...KIN]), "NOUN|NN", "obj", [makeNode("a", "DET|DT", "det")], [named]);
      },
      () => makeNode(this.#pick(KIN), "NOUN|NN", "obj", [makeNode("a", "DET|DT", "det")], [this.#place("nmod", "in")]),
      () => makeNode(this.#pick(["asthma", "diabetes", "migraines", "insomnia"]), "NOUN|NN", "obj"),
    ])();
    if (this.#chance(0.3)) return this.#verb(person, "have", forms, [object]);
    const subject = person.make("nsubj");
    const short = !person.third && this.#chance(0.15);
    const form = person.third ? "has" : short ? "'ve" : "have";
    return makeNode(form, person.third ? "VERB|VBZ" : "VERB|VBP", "root", [subject], [object]);
  }

  /** ", Ola and Stas": names in apposition to what somebody has. */
  #listNames(howMany = 2): Node {
    const first = makeNode(this.#pick(FIRST), "PROPN|NNP", "appos", [makeNode(",", "PUNCT|,", "punct")]);
    if (howMany > 1)
      first.after.push(makeNode(this.#pick(FIRST), "PROPN|NNP", "conj", [makeNode("and", "CCONJ|CC", "cc")]));
    return first;
  }

  #liking(person: Person): Node {
    const verb = this.#pick(["like", "love", "hate", "enjoy", "prefer"]);
    const past = verb.endsWith("e") ? `${verb}d` : `${verb}${verb === "prefer" ? "red" : "ed"}`;
    const gerund = verb.endsWith("e") ? `${verb.slice(0, -1)}ing` : `${verb}${verb === "prefer" ? "ring" : "ing"}`;
    const object = this.#pick([
      () => this.#food("obj"),
      () => this.#pastime("obj"),
      () => makeNode(this.#pick(ACTIVITIES), "VERB|VBG", "xcomp"),
      () => makeNode(this.#pick(ACTIVITIES), "VERB|VBG", "xcomp", [], [this.#withSomebody()]),
      () => this.#thing("obj"),
    ])();
    return this.#verb(person, verb, { third: `${verb}s`, past, gerund }, [object]);
  }

  /** "country music", "board games and road trips": two words that are one thing. */
  #pastime(relation: string): Node {
    const [first = "", second = ""] = this.#pick(PASTIMES).split("_");
    const tag = second.endsWith("s") ? "NOUN|NNS" : "NOUN|NN";
    const noun = makeNode(second, tag, relation, [makeNode(first, "NOUN|NN", "compound")]);
    if (this.#chance(0.25)) {
      const [other = "", end = ""] = this.#pick(PASTIMES).split("_");
      const tagOfEnd = end.endsWith("s") ? "NOUN|NNS" : "NOUN|NN";
      noun.after.push(
        makeNode(end, tagOfEnd, "conj", [makeNode("and", "CCONJ|CC", "cc"), makeNode(other, "NOUN|NN", "compound")]),
      );
    }
    return noun;
  }

  /** "tea", "tea and coffee", "sushi, pasta and wine". */
  #food(relation: string): Node {
    const tagOf = (food: string) => (food.endsWith("s") ? "NOUN|NNS" : "NOUN|NN");
    const [first, second, third] = [this.#pick(FOODS), this.#pick(FOODS), this.#pick(FOODS)];
    const list = makeNode(first, tagOf(first), relation);
    if (this.#chance(0.3))
      list.after.push(makeNode(second, tagOf(second), "conj", [makeNode("and", "CCONJ|CC", "cc")]));
    else if (this.#chance(0.15)) {
      list.after.push(makeNode(second, tagOf(second), "conj", [makeNode(",", "PUNCT|,", "punct")]));
      list.after.push(makeNode(third, tagOf(third), "conj", [makeNode("and", "CCONJ|CC", "cc")]));
    }
    return list;
  }

  #being(person: Person): Node {
    const subject = person.make("nsubj");
    const be = this.#be(person, "cop");
    const not = this.#chance(0.12) ? [makeNode("not", "PART|RB", "advmod")] : [];
    return this.#pick([
      () => this.#job("root", [subject, be, ...not]),
      () => {
        const to = this.#food("obl");
        to.before.unshift(makeNode("to", "ADP|IN", "case"));
        return makeNode("allergic", "ADJ|JJ", "root", [subject, be, ...not], [to]);
      },
      () => {
        const degree = this.#chance(0.2) ? [makeNode("very", "ADV|RB", "advmod")] : [];
        return makeNode(this.#pick(STATES), "ADJ|JJ", "root", [subject, be, ...not, ...degree]);
      },
      () => {
        const place = this.#place("root", this.#pick(["from", "in"]));
        place.before.unshift(subject, be, ...not);
        return place;
      },
      () => makeNode(this.#pick(FIRST), "PROPN|NNP", "root", [subject, be]),
    ])();
  }

  #aged(person: Person): Node {
    const count = makeNode(this.#pick(NUMBERS), "NUM|CD", "nummod");
    if (this.#chance(0.35))
      return { ...count, relation: "root", before: [person.make("nsubj"), this.#be(person, "cop")] };
    const years = makeNode("years", "NOUN|NNS", "obl:unmarked", [count]);
    return makeNode("old", "ADJ|JJ", "root", [person.make("nsubj"), this.#be(person, "cop"), years]);
  }

  /** "My name is Anna", "my sister's name is Ruth", "my dog is called Rex". */
  #naming(): Node {
    const is = makeNode("is", "AUX|VBZ", "cop");
    if (this.#chance(0.3)) {
      const called = makeNode("called", "VERB|VBN", "root", [
        this.#kin("nsubj:pass"),
        makeNode("is", "AUX|VBZ", "aux:pass"),
      ]);
      called.after.push(makeNode(this.#pick(FIRST), "PROPN|NNP", "xcomp"));
      return called;
    }
    const owner = this.#chance(0.5) ? makeNode("my", "PRON|PRP$", "nmod:poss") : this.#kin("nmod:poss");
    if (owner.tag.startsWith("NOUN")) owner.after.push(makeNode("'s", "PART|POS", "case"));
    const named = this.#name("root");
    named.before.push(makeNode("name", "NOUN|NN", "nsubj", [owner]), is);
    return named;
  }

  #studying(person: Person): Node {
    const forms = { third: "studies", past: "studied", gerund: "studying" };
    const after = this.#chance(0.6) ? [this.#company("obl", "at")] : [];
    const subject = this.#pick([...SUBJECTS, ...LANGUAGES]);
    const tag = LANGUAGES.includes(subject) ? "PROPN|NNP" : "NOUN|NN";
    return this.#verb(person, "study", forms, [makeNode(subject, tag, "obj"), ...after]);
  }

  /** "I take metformin for my asthma". */
  #taking(person: Person): Node {
    const reason = makeNode(this.#pick(["asthma", "diabetes", "migraines", "anxiety", "arthritis"]), "NOUN|NN", "obl", [
      makeNode("for", "ADP|IN", "case"),
      makeNode("my", "PRON|PRP$", "nmod:poss"),
    ]);
    const medicine = makeNode(
      this.#pick(["ibuprofen", "metformin", "aspirin", "insulin", "statins"]),
      "NOUN|NN",
      "obj",
    );
    const after = this.#chance(0.5) ? [medicine, reason] : [medicine, ...this.#time()];
    return this.#verb(person, "take", { third: "takes", past: "took", gerund: "taking" }, after);
  }

  /** Other verbs with a thing or nothing after them. */
  #doing(person: Person): Node {
    const [base, third, past, gerund] = this.#pick([
      ["buy", "buys", "bought", "buying"],
      ["sell", "sells", "sold", "selling"],
      ["own", "owns", "owned", "owning"],
      ["use", "uses", "used", "using"],
      ["drive", "drives", "drove", "driving"],
      ["rent", "rents", "rented", "renting"],
      ["play", "plays", "played", "playing"],
      ["want", "wants", "wanted", "wanting"],
    ]);
    const time = this.#time();
    return this.#verb(person, base ?? "", { third: third ?? "", past: past ?? "", gerund: gerund ?? "" }, [
      this.#thing("obj"),
      ...time,
    ]);
  }
}
