import { ruleOut } from "#lib/extraction/reader/consequences.ts";
import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { isFirstName } from "#lib/extraction/reader/first-names.ts";
import type { Sentence } from "#lib/extraction/reader/sentence.ts";
import { isPlanName } from "#lib/extraction/reader/slots/slots.ts";
import { findMoment } from "#lib/extraction/reader/when.ts";

/** A code of letters and figures with a figure in it, as it is written behind what it is the code of. */
const CODE = "#?(?<code>(?=[\\w-]*\\d)[A-Z0-9]+(?:-[A-Z0-9]+)*)(?![\\w-])";
const NO_ORDER =
  "(?<!\\b(?:i|we|you|they|to|usually|normally|always|often|can|could|would|will|must|executive|court|in|of|world)\\s)";
const ORDER = new RegExp(`${NO_ORDER}\\border(?: (?:number|nr|no|id))?\\.?(?: is|:)? ${CODE}`, "gi");
const ACCOUNT = new RegExp(
  `(?:\\b(?:my|our) |(?:^|[.!?,;] ?))(?:account|customer|membership|member) (?:number|nr|no|id)\\.?(?: is|:)? ${CODE}`,
  "i",
);
const USERNAME = /\b(?:my|our) (?:username|user name|user id|login)(?: is|:) (?<code>[\w.-]*\d[\w.-]*\w)(?![\w-])/i;
const SHORTEST_CODE = 4;

const GREETING =
  /^\s*(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|dear \p{L}+)(?: there| team| all)?[,.!\s-]*)?$/iu;
const FULL_NAME = "(?<name>(?<first>\\p{Lu}[\\p{L}'’-]+)(?: \\p{Lu}[\\p{L}'’-]+){1,2})";
const INTRODUCES = [
  new RegExp(
    `^(?<greeting>.{0,40}?)\\b(?:[Tt]his is|[Ii]t['’]s) ${FULL_NAME}(?=\\s*(?:[,.!;(]|$| (?:here|from|again|calling|and I)\\b))`,
    "u",
  ),
  new RegExp(`^(?<greeting>.{0,40}?)(?<![\\p{L}])${FULL_NAME} here(?=\\s*(?:[,.!;:-]|$))`, "u"),
];

const BIRTHDAY =
  /\b(?:birthday|bday|birth date|date of birth|dob)(?: is|['’]s| falls|:)(?: (?:actually|really|on|the))*\s*$/i;
const BORN = /(?:^|[^\p{L}])(?:I|i) was born(?: on)?(?: the)?\s*$|^\s*(?:DOB|D\.O\.B\.|date of birth):?\s*$/iu;
const NAMES_DAY = /\d.*[a-z]{3}|[a-z]{3}.*\d|\d[/.-]\d/i;
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** Reads what has a form of its own, whatever the grammar around it: codes, ages, names and the writer's birthday. */
export function readDetails(sentence: Sentence, discourse: Discourse): void {
  const [from, to] = [sentence.tokens[0]?.start ?? 0, sentence.tokens.at(-1)?.end ?? 0];
  const text = sentence.text.slice(from, to);
  readCodes(text, discourse);
  readMovedHere(sentence, text, discourse);
  readAge(text, discourse);
  readIntolerance(text, discourse);
  readDietGivenUp(sentence, text, discourse);
  readBirthday(sentence, from, discourse);
  readPronouns(text, discourse);
  readProvider(text, discourse);
  readSeeing(text, discourse);
  readSeparation(sentence, text, discourse);
  readSelfNaming(text, discourse);
  readRenaming(sentence, text, discourse);
  readPlanChange(sentence, text, discourse);
  readIntroduction(sentence, from, text, discourse);
}

const PLAN_CHANGE =
  /(?<![\p{L}])(?:I|i|we|We)(?:['’]ve| have)?(?: just| recently)? (?:switched|upgraded|downgraded|moved|changed|went|gone)(?: up| down| over| back)? from (?:the |your )?(?<before>\p{L}+)(?: plan| tier)? to (?:the |your )?(?<after>\p{L}+)/u;

/** "I downgraded from Pro to Basic": of names that only plans have. */
function readPlanChange({ times }: Sentence, text: string, discourse: Discourse): void {
  const { before, after } = PLAN_CHANGE.exec(text)?.groups ?? {};
  if (!before || !after || !isPlanName(before) || !isPlanName(after)) return;
  const at = findMoment(times);
  const fact = { name: "HAS_PLAN", source: discourse.speaker };
  discourse.add({ ...fact, kind: "ends", object: { value: before }, invalidAt: at });
  discourse.add({ ...fact, kind: "holds", object: { value: after }, validAt: at });
}

const PROVIDER =
  /(?<![\p{L}])(?:[Mm]y|[Oo]ur) (?:home )?(?:broadband|internet|wi-?fi|energy|electricity|gas|mobile|phone contract|insurance|car insurance|mortgage|pension|bank account|account)(?: is|['’]s) with (?<name>\p{Lu}[\p{L}\d&]*(?: \p{Lu}[\p{L}\d&]*){0,2})/u;

/** "Our broadband's with TalkTalk": whom somebody buys a service of. */
function readProvider(text: string, discourse: Discourse): void {
  const found = PROVIDER.exec(text);
  const name = found?.groups?.name ?? "";
  if (!found || UNREAL.test(text.slice(0, found.index)) || /\?\s*$/.test(text)) return;
  const object = { node: discourse.mention(name, "Product") };
  discourse.add({ kind: "holds", name: "USES", source: discourse.speaker, object, validAt: discourse.saidAt });
}

const SEEING =
  /(?<![\p{L}])[Ii](?:['’]?m| am|['’]?ve been| have been) (?:now )?(?:seeing|dating) (?:someone|somebody)(?: new)?(?:,? (?:called|named|her name is|his name is|her name['’]s|his name['’]s) (?<name>\p{Lu}\p{L}+))?/u;

/** "I've been seeing someone called Ben": who does is not single. */
function readSeeing(text: string, discourse: Discourse): void {
  const found = SEEING.exec(text);
  if (!found || UNREAL.test(text.slice(0, found.index)) || /\?\s*$/.test(text)) return;
  const name = found.groups?.name;
  const fact = { kind: "holds" as const, name: "HAS_PARTNER", source: discourse.speaker };
  if (name) discourse.add({ ...fact, object: { node: discourse.mention(name, "Person") } });
  else ruleOut(discourse, "HAS_PARTNER", discourse.speaker, null);
}

const NOT_TOGETHER =
  /(?:(?<name>\p{Lu}\p{L}+) and (?:I|me)|(?:I|Me) and (?<other>\p{Lu}\p{L}+)|(?<![\p{L}])[Ww]e)(?: we)?(?: are|['’]re|['’]?ve been) (?:not together (?:any ?more|any longer)|no longer together|(?:now )?separated)(?![\p{L}])/u;
const DIVORCE =
  /(?<![\p{L}])(?:my|our|the) divorce(?: from \p{L}+)? (?:was|is|became|went|came|has been) (?:now )?(?:final|finali[sz]ed|through|official)(?![\p{L}])/iu;

/** "Inês and I are not together anymore", "our divorce was final on 3 June". */
function readSeparation({ times }: Sentence, text: string, discourse: Discourse): void {
  const apart = NOT_TOGETHER.exec(text);
  const isDivorced = DIVORCE.test(text);
  if ((!apart && !isDivorced) || /\?\s*$/.test(text) || UNREAL.test(text)) return;
  const invalidAt = findMoment(times) ?? times.find(({ role }) => role === "since")?.behind ?? null;
  const name = apart?.groups?.name ?? apart?.groups?.other;
  const object = name ? { node: name } : null;
  const end = {
    kind: "closes" as const,
    source: discourse.speaker,
    invalidAt,
    ...(name ? { isOfKnown: true as const } : {}),
  };
  discourse.add({ ...end, name: "HAS_SPOUSE", object });
  if (isDivorced)
    discourse.add({
      kind: "holds",
      name: "HAS_RELATIONSHIP_STATUS",
      source: discourse.speaker,
      object: { value: "divorced" },
      validAt: invalidAt,
    });
  else discourse.add({ ...end, name: "HAS_PARTNER", object });
}

const CALLED =
  /(?<![\p{L}])(?:(?<own>[Mm]y name['’]s|[Mm]y names|(?<=^|[.!?,] )[Nn]ame['’]?s|(?<=^\W*(?:(?:hi|hiya|hey+|hello|yo|sup|bonjour|good \p{L}+|me|there)[ ,!.]+){0,2})(?:[Ii]['’]?m|[Ii] am))|[Ii] go by) (?<first>\p{L}[\p{L}'’-]+)(?<last>(?: \p{Lu}[\p{L}'’-]+)?)(?=\s*(?:[,.!;]|$|(?:and|but)\b|they\/|she\/|he\/))/u;

const RENAMED =
  /(?<![\p{L}])(?:[Ii]['’]?m|I am|my name is)(?: called)? (?<first>\p{Lu}\p{L}+) (?<last>\p{Lu}[\p{L}'’-]+) now(?=[,.!;]|$)/u;

/** What gives somebody another name for good; a part in a play does not. */
const RENAMES =
  /\b(?:married|marriage|divorced?|maiden|legally|deed|surname|last name|formerly|née|change (?:the|my) name)\b/i;

/** "I got married, so I'm Jessica Whitlock now". */
function readRenaming({ times }: Sentence, text: string, discourse: Discourse): void {
  const { first = "", last } = RENAMED.exec(text)?.groups ?? {};
  if (!isFirstName(first) || !RENAMES.test(text)) return;
  discourse.drop(({ name, attributes }) => name === "HAS_NAME" && attributes?.value === first);
  const object = { value: `${first} ${last}` };
  discourse.add({ kind: "holds", name: "HAS_NAME", source: discourse.speaker, object, validAt: findMoment(times) });
}

/** "My name's dave", "I go by Sam": by first names that are little else. */
function readSelfNaming(text: string, discourse: Discourse): void {
  const { own, first = "", last = "" } = CALLED.exec(text)?.groups ?? {};
  if (!isFirstName(first)) return;
  const value = first.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) + last;
  discourse.add({
    kind: "holds",
    name: own ? "HAS_NAME" : "HAS_NICKNAME",
    source: discourse.speaker,
    object: { value },
  });
}

const PRONOUNS =
  /\b(?:my pronouns are|(?:I|i) use) (?<pronouns>(?:she|he|they|xe|ze)\/(?:her|him|them|they|xem|hir)(?:\/(?:hers|his|theirs))?)/u;

/** "I'm Max, they/them": behind what somebody is called. */
const BARE_PRONOUNS =
  /(?:^|[\s,(])(?:[Ii]['’]?m|[Ii] am|name is) .{1,40}?[\s,(](?<pronouns>(?:she|he|they)\/(?:her|him|them|they)(?:\/(?:hers|his|theirs))?)(?=[\s,.!)]|$)/u;

function readPronouns(text: string, discourse: Discourse): void {
  const value = (PRONOUNS.exec(text) ?? BARE_PRONOUNS.exec(text))?.groups?.pronouns;
  if (value) discourse.add({ kind: "holds", name: "HAS_PRONOUNS", source: discourse.speaker, object: { value } });
}

/** "Hi, this is Tom Reyes", "Tom Reyes here": how a message begins; further on it may present anybody. */
function readIntroduction({ text: whole }: Sentence, from: number, text: string, discourse: Discourse): void {
  const found = INTRODUCES.map((pattern) => pattern.exec(text)?.groups).find((groups) => groups !== undefined);
  if (!found?.name || !isFirstName(found.first ?? "")) return;
  if (!GREETING.test(whole.slice(0, from) + (found.greeting ?? ""))) return;
  discourse.add({ kind: "holds", name: "HAS_NAME", source: discourse.speaker, object: { value: found.name } });
}

const MOVED_HERE = /(?<![\p{L}])(?:I|i|We|we)(?:['’]ve| have)?(?: just| recently)? moved here(?![\p{L}])/u;
const PLACE_BEFORE = /\b(?:in|around|near|to|of) (?<place>\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)?)/gu;

/** "Are there clubs in Rotterdam? I moved here yesterday": to the one place that was spoken of. */
function readMovedHere({ text: whole, times, tokens }: Sentence, text: string, discourse: Discourse): void {
  const found = MOVED_HERE.exec(text);
  if (!found || /\?\s*$/.test(text) || UNREAL.test(text.slice(0, found.index))) return;
  const before = whole.slice(0, (tokens[0]?.start ?? 0) + found.index);
  const [place, ...others] = new Set([...before.matchAll(PLACE_BEFORE)].flatMap(({ groups }) => groups?.place ?? []));
  if (place === undefined || others.length > 0) return;
  const object = { node: discourse.mention(place, "Place") };
  discourse.add({ kind: "holds", name: "LIVES_IN", source: discourse.speaker, object, validAt: findMoment(times) });
}

/** "Order A-90217", "my account number is 0093-118": even a question takes for granted that it is theirs. */
function readCodes(text: string, discourse: Discourse): void {
  const source = discourse.speaker;
  // "My order number is 70-4481, not 70-4418."
  const { right = text, wrong } =
    /^(?<right>.*\d),? (?:and )?not (?<wrong>[\w-]*\d[\w-]*)[.!]*$/.exec(text)?.groups ?? {};
  const orders = [...right.matchAll(ORDER)].flatMap(({ groups }) => groups?.code ?? []);
  const account = (ACCOUNT.exec(right) ?? USERNAME.exec(right))?.groups?.code;
  if (/\b(?:old|former|previous|don['’]?t|do not|never|not)\b/i.test(right)) return;
  if (wrong && orders.length > 0)
    discourse.add({ kind: "closes", name: "HAS_ORDER", source, object: { node: `order ${wrong}` }, isOfKnown: true });
  for (const order of orders.filter(({ length }) => length >= SHORTEST_CODE))
    discourse.add({
      kind: "holds",
      name: "HAS_ORDER",
      source,
      object: { node: discourse.mention(`order ${order}`, "Order") },
    });
  if (account && account.length >= SHORTEST_CODE)
    discourse.add({ kind: "holds", name: "HAS_ACCOUNT", source, object: { value: account } });
}

const STOPPED_BEING =
  /(?<![\p{L}])(?:I|i) (?:have |['’]ve )?(?:stopped|quit) being (?:an? )?(?<diet>vegan|vegetarian|pescatarian|keto)\b/u;

/** "I stopped being a vegetarian last year", which the parser takes apart. */
function readDietGivenUp({ times }: Sentence, text: string, discourse: Discourse): void {
  const value = STOPPED_BEING.exec(text)?.groups?.diet;
  const invalidAt = findMoment(times);
  if (value) discourse.add({ kind: "ends", name: "HAS_DIET", source: discourse.speaker, object: { value }, invalidAt });
}

const INTOLERANT =
  /(?<![\p{L}\d])(?:I|i)(?: am|['’]m|m) (?<food>lactose|gluten|histamine|fructose|dairy|wheat|alcohol|egg|soy)[ -]intolerant\b/u;

/** "I'm lactose intolerant": of few things it is said so. */
function readIntolerance(text: string, discourse: Discourse): void {
  const found = INTOLERANT.exec(text);
  if (!found?.groups?.food || UNREAL.test(text.slice(0, found.index))) return;
  const node = discourse.mention(found.groups.food, "Food");
  discourse.add({ kind: "holds", name: "INTOLERANT_TO", source: discourse.speaker, object: { node } });
}

const AGED = /(?<![\p{L}\d])(?:I|i)(?: am|['’]m|m) (?:just )?an? (?<age>\d{1,2})[ -](?:years?|yrs?|yo)[ -]?(?:old)?\b/u;
const UNREAL = /\b(?:if|like|pretend|imagine|when|wish|as though)\b/i;

const NAMED_AND_AGED =
  /(?<![\p{L}\d])(?:I|i)(?: am|['’]?m) (?<name>\p{L}+)(?:,? (?:aged? )?|, I['’]m )(?<age>\d{1,2})(?: (?:years?|yrs?)(?: old)?)?(?=\s*(?:[,.;!)]|$|and\b|from\b))/u;

/** "I am a 35 year old man", "I'm Hannah, 34". */
function readAge(text: string, discourse: Discourse): void {
  const named = NAMED_AND_AGED.exec(text);
  const found = named && isFirstName(named.groups?.name ?? "") ? named : AGED.exec(text);
  if (!found?.groups?.age || UNREAL.test(text.slice(0, found.index)) || text.trim().endsWith("?")) return;
  discourse.add({ kind: "holds", name: "HAS_AGE", source: discourse.speaker, object: { value: found.groups.age } });
}

/** A birthday is a day of a month; "tomorrow" is none, since it is true of one year alone. */
function readBirthday(sentence: Sentence, from: number, discourse: Discourse): void {
  const { text, times, tokens } = sentence;
  const time = times.find(
    ({ start, end }) =>
      (BIRTHDAY.test(text.slice(from, start)) || BORN.test(text.slice(from, start))) &&
      NAMES_DAY.test(text.slice(start, end)),
  );
  // 12/03/1988 is in March or in December.
  const written = time ? text.slice(time.start, time.end) : "";
  if (!time?.behind || /(?<!\d)(?:0?\d|1[0-2])\/(?:0?\d|1[0-2])\/\d/.test(written)) return;
  const noun = BIRTHDAY.exec(text.slice(from, time.start))?.index;
  const place = tokens.findIndex(({ start }) => start === from + (noun ?? 0));
  const owner = noun === undefined ? discourse.speaker : discourse.resolveOwner(sentence, place);
  if (owner === undefined) return;
  const format = /(?:19|20)\d\d/.test(written) ? DAY_AND_YEAR : DAY;
  discourse.add({
    kind: "holds",
    name: "HAS_BIRTHDAY",
    source: owner,
    object: { value: format.format(time.behind) },
  });
}
