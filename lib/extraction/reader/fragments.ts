import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { isFirstName } from "#lib/extraction/reader/first-names.ts";
import { addArticle } from "#lib/extraction/reader/inflect.ts";
import { getText, type Sentence } from "#lib/extraction/reader/sentence.ts";
import * as lists from "#lib/extraction/reader/slots/lists.ts";

/** What one of the short phrases says with which people describe themselves. */
interface Fragment {
  name: string;
  value?: string;
  node?: { text: string; label: string };
}

const LEAD = /^(?:(?:hi|hello|hey+|hiya|yo|sup|so|and|also|anyway|not much to tell)\b[ ,.!:-]*)+/i;
const AGE = /^(?:aged? )?(?<age>[1-9]\d)(?: ?(?:years?|yrs?|y\/?o)(?: old)?| ?[mf]| now)?$/i;
const STATUS =
  /^(?:(?:now|recently|happily|still) )?(?<status>single|married|divorced|widowed|separated|engaged|widower|widow)(?: since .*)?$/i;
const ORIGIN = /^(?:originally )?from (?<place>\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){0,2})(?: originally)?$/u;
const TRADE =
  /^(?<retired>[Rr]etired )?(?:an? )?(?<trade>\p{L}[\p{L} '’-]{2,40}?)(?: (?:at|for|with) (?<firm>\p{Lu}[\p{L}\d&'’.-]*(?: \p{Lu}[\p{L}\d&'’.-]*){0,3}))?(?: in \p{Lu}[\p{L} ]+| by trade| by day)?$/u;
const COUNT = /^(?<count>\d|one|two|three|four|five|six) (?<noun>kids|kid|children|child|dogs|dog|cats|cat)$/i;
const COUNTED: Readonly<Record<string, string>> = { k: "HAS_CHILDREN", c: "HAS_CHILDREN", d: "HAS_DOGS" };

/**
 * Reads how people describe themselves in fragments: "forklift operator, divorced, 2 kids", "46 yrs old and asthmatic". One such
 * phrase may be about anything, two in a row are about who writes them. In a sentence that gives the writer's name one will do.
 */
export function readFragments(sentence: Sentence, discourse: Discourse): void {
  const text = getText(sentence);
  if (speaksOfOthers(sentence) || /\?\s*$/.test(text) || /\b(?:she|he|they|his|her|you|your)\b/i.test(text)) return;
  const phrases = text
    .replace(LEAD, "")
    .replace(/[.!]+$/, "")
    .split(/\s*[,;•|]\s*|\s+(?:and|but|&)\s+/)
    .map((phrase) => phrase.trim().replace(/^(?:these days|nowadays|now|currently|still) /i, ""));
  const named = phrases.findIndex((phrase, at) => isIntroduction(phrase, phrases[at + 1] ?? ""));
  const found = phrases.map((phrase) => readFragment(phrase));
  const count = found.filter((some) => some.length > 0).length;
  if (count < (named < 0 ? 2 : 1)) return;
  for (const fragment of found.flat()) addFragment(fragment, discourse);
}

/** Of whatever else is a subject the phrases may be told as well. */
function speaksOfOthers(sentence: Sentence): boolean {
  return sentence.tokens.some(
    ({ relation, text }) =>
      relation.startsWith("nsubj") && !/^(?:i|we|i['’]m|im|name|names|that|which|who)$/i.test(text),
  );
}

/** "I'm Siobhan", or a first name alone before what describes its bearer. */
function isIntroduction(phrase: string, next: string): boolean {
  const { self, first = "" } = /^(?<self>(?:me )?(?:i am|i['’]?m|im) )?(?<first>\p{L}+)$/iu.exec(phrase)?.groups ?? {};
  return isFirstName(first) && (self !== undefined || AGE.test(next));
}

function readFragment(phrase: string): Fragment[] {
  const age = AGE.exec(phrase)?.groups?.age;
  if (age && Number(age) >= 16) return [{ name: "HAS_AGE", value: age }];
  const status = STATUS.exec(phrase)?.groups?.status?.toLowerCase();
  if (status) return [{ name: "HAS_RELATIONSHIP_STATUS", value: /^widow/.test(status) ? "widowed" : status }];
  const place = ORIGIN.exec(phrase)?.groups?.place;
  if (place) return [{ name: "COMES_FROM", node: { text: place, label: "Place" } }];
  const { count, noun = "" } = COUNT.exec(phrase)?.groups ?? {};
  if (count)
    return [
      {
        name: /^cat/i.test(noun) ? "HAS_CATS" : (COUNTED[noun[0]?.toLowerCase() ?? ""] ?? "HAS_CHILDREN"),
        value: `${count} ${noun}`,
      },
    ];
  const condition = phrase.toLowerCase().replace(/ since .*$/, "");
  if (lists.CONDITION_ADJECTIVES.has(condition))
    return [{ name: "HAS_CONDITION", node: { text: condition, label: "Condition" } }];
  if (lists.DIETS.has(condition)) return [{ name: "HAS_DIET", value: condition }];
  return readTrade(phrase);
}

function readTrade(phrase: string): Fragment[] {
  const { retired, trade = "", firm } = TRADE.exec(phrase)?.groups ?? {};
  const words = trade.toLowerCase().split(" ");
  const last = words.at(-1) ?? "";
  const isTrade = lists.OCCUPATIONS.has(last) || lists.OCCUPATIONS.has(trade.toLowerCase());
  const isVague = lists.VAGUE_OCCUPATIONS.has(last) && words.length === 1;
  if (!isTrade || isVague || words.length > 4 || words.some((word) => lists.FORMER.has(word) || NO_TRADE.test(word)))
    return [];
  if (retired) return [{ name: "IS_RETIRED" }];
  const work = firm ? [{ name: "WORKS_AT", node: { text: firm, label: "Organization" } }] : [];
  return [{ name: "WORKS_AS", value: addArticle(/^\p{Lu}\p{Ll}/u.test(trade) ? trade.toLowerCase() : trade) }, ...work];
}

/** What makes a phrase no description: "my dentist", "need a plumber", "no doctor". */
const NO_TRADE =
  /^(?:my|our|the|no|not|need|want|call|see|find|ask|hire|dear|hello|thanks|to|be|is|are|was|for|of|with|as|good|new|best|like|than|head|any|some|another|student|i|we|am|been)$/;

function addFragment({ name, value, node }: Fragment, discourse: Discourse): void {
  if (discourse.facts.some((fact) => fact.name === name && fact.source === discourse.speaker)) return;
  const object = node ? { node: discourse.mention(node.text, node.label) } : value === undefined ? null : { value };
  const isOfNow = /^(?:WORKS|HAS_DIET|HAS_CONDITION)/.test(name);
  discourse.add({ kind: "holds", name, source: discourse.speaker, object, validAt: isOfNow ? discourse.saidAt : null });
}
