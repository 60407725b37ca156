import { STREET_ADDRESS } from "#lib/extraction/reader/contact.ts";
import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { isFirstName } from "#lib/extraction/reader/first-names.ts";
import type { Sentence } from "#lib/extraction/reader/sentence.ts";
import type { EpisodeText } from "#lib/extraction/schema.ts";

/** What a question asks for, and what an answer to it looks like; the first that fits counts. */
const QUESTIONS: { asks: RegExp; relation: string; answer: RegExp }[] = [
  {
    asks: /\border (?:number|id|no\b|reference)/i,
    relation: "HAS_ORDER",
    answer: /^#?(?<value>(?=[\w-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)$/,
  },
  {
    asks: /\b(?:account|customer|member(?:ship)?) (?:number|id|no\b)/i,
    relation: "HAS_ACCOUNT",
    answer: /^#?(?<value>(?=[\w-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)$/,
  },
  { asks: /\be-?mail\b/i, relation: "HAS_EMAIL", answer: /(?<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)$/ },
  {
    asks: /\b(?:phone|mobile|telephone) ?(?:number)?\b/i,
    relation: "HAS_PHONE",
    answer: /(?<value>\+?\(?\d[\d ().-]{5,}\d)$/,
  },
  {
    asks: /(?<!e-?mail |ip |web )\baddress\b/i,
    relation: "HAS_ADDRESS",
    answer: new RegExp(`^(?<value>${STREET_ADDRESS})$`, "u"),
  },
  {
    asks: /\b(?:what(?:'s| is) your|may i have your|your full|have your) (?:full )?name\b/i,
    relation: "HAS_NAME",
    answer: /^(?<value>\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,3})$/u,
  },
  {
    asks: /\b(?:where do you live|what city|which city|where are you based)\b/i,
    relation: "LIVES_IN",
    answer: /^(?:in )?(?<value>\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,2})$/u,
  },
];

/** What is asked of somebody or something else, of the past or of a wish. */
const OF_OTHERS =
  /\b(?:wife|husband|partner|spouse|mother|father|mom|mum|dad|son|daughter|child|friend|boss|manager|assistant|recipient|sender|colleague|doctor|company|person|somebody|someone|his|her|their|old|former|previous|last|stop|gift|referred|visit|visiting|fly|flying|travel|travelling|traveling|hotel|born|dreams?|would you like)\b|['’]s\s/i;
/** What is said in the place of an answer. */
const NO_ANSWER =
  /^(?:nowhere|guess|pass|no|none|nope|why|not important|no thanks|ok|okay|huh|what|never|mars|earth|nothing|unknown|secret|private|skip|idk\w*|yes|sure|here|somewhere|anywhere|home)$/i;

/** Somebody's bare answer to a question: "May I have your order number?" – "AB-10442". */
export function readAnswer(
  sentences: readonly Sentence[],
  text: string,
  { before, speaker }: EpisodeText,
  discourse: Discourse,
): void {
  const asked = before.at(-1);
  const [sentence] = sentences;
  const isAsked =
    asked !== undefined &&
    (asked.speaker.kind !== speaker.kind || speaker.kind === "other") &&
    /\?\s*$/.test(asked.content);
  if (!isAsked || !sentence) return;
  const words = text
    .slice(sentence.tokens[0]?.start, sentence.tokens.at(-1)?.end)
    .trim()
    .replace(/^(?:it['’]?s|sure|yes|hi|here|ok)[,:]? /i, "")
    .replace(/[.!,]+$/, "");
  const last = asked.content.split(/(?<=[.!?])\s+/).at(-1) ?? "";
  if (OF_OTHERS.test(last) || NO_ANSWER.test(words)) return;
  for (const { asks, relation, answer } of QUESTIONS) {
    const value = asks.test(last) ? answer.exec(words)?.groups?.value : undefined;
    // A number tells by itself that it answers; a name alone in a longer text may be anybody's.
    const isBare = sentences.length === 1 || /\d/.test(value ?? "");
    if (value === undefined || !isBare || (relation === "HAS_NAME" && !isFirstName(value.split(" ")[0] ?? "")))
      continue;
    addAnswer(discourse, relation, value);
    return;
  }
}

function addAnswer(discourse: Discourse, name: string, value: string): void {
  const [called, label] = name === "HAS_ORDER" ? [`order ${value}`, "Order"] : [value, "Place"];
  const isNode = name === "HAS_ORDER" || name === "LIVES_IN";
  const object = isNode ? { node: discourse.mention(called, label) } : { value };
  discourse.add({ kind: "holds", name, source: discourse.speaker, object });
}
