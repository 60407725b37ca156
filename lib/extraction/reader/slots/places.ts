import { isFirstName } from "#lib/extraction/reader/first-names.ts";
import { addArticle } from "#lib/extraction/reader/inflect.ts";
import {
  findDependent,
  getMarker,
  getStretch,
  getWord,
  isNameWord,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";
import * as lists from "#lib/extraction/reader/slots/lists.ts";
import { findNameRun, isCutOff, readCalledName, readName, writeName } from "#lib/extraction/reader/slots/names.ts";
import { type Slot, toNode, toValue } from "#lib/extraction/reader/slots/slot.ts";

/** A place by its name, or a town by the place it is in: who lives in "a small town in Ohio" lives in Ohio. */
export function readPlace(sentence: Sentence, at: number): Slot | null {
  const town =
    /^(?:town|city|village|suburb|suburbs|house|apartment|flat|place|cabin|cottage|condo|room|studio|bungalow|hostel|farm|area|neighborhood|neighbourhood|part)$/.test(
      getWord(sentence, at),
    );
  const saint = findNameRun(sentence, at);
  const whole =
    saint && /^(?:St|Saint)\b/.test(getStretch(sentence, ...saint)) ? readPossessiveName(sentence, saint) : null;
  if (whole !== null) return toNode(whole, "Place");
  if (!town || isNameWord(sentence, at)) return toNode(readName(sentence, at, isPlaceLike), "Place");
  const within = listDependents(sentence, at, /^nmod/).find((place) => /^(?:in|of)$/.test(getMarker(sentence, place)));
  const place = within ?? findBeside(sentence, at);
  return place === undefined ? null : toNode(readName(sentence, place, isPlaceLike), "Place");
}

/** "In a flat in Leeds", where the parser hangs the town on the verb as well. */
function findBeside(sentence: Sentence, at: number): number | undefined {
  const head = sentence.tokens[at]?.head ?? -1;
  return listDependents(sentence, head, /^obl/).find(
    (place) => findDependent(sentence, place, /^case$/) === at + 1 && getMarker(sentence, place) === "in",
  );
}

function isPlaceLike(sentence: Sentence, first: number, last: number): boolean {
  const before = getWord(sentence, first - 1);
  const begins = sentence.tokens[first]?.text ?? "";
  return (
    !/^(?:my|your|his|her|our|their|a|an|that|this)$/.test(before) &&
    !/^(?:I|God|English|Mr|Mrs|Ms|Dr)$/i.test(begins) &&
    !NO_PLACE.test(getStretch(sentence, first, last)) &&
    !MADE_NAME.test(getStretch(sentence, first, last)) &&
    !/\d/.test(begins) &&
    last - first < 5
  );
}

/** Software, services, departments and parts of an address: people move to them, live in them and are from them as well. */
const NO_PLACE =
  /^(?:AWS|Azure|Gmail|Hotmail|Outlook|Yahoo|Mac|Macs|Windows|Linux|Ubuntu|Android|iOS|iPhone|Zoom|Teams|Slack|Kubernetes|Docker|Python|JavaScript|Notion|Jira|Linear|GitHub|GitLab|Chrome|Firefox|Safari|Premium.*|Basic|Pro|Economy|Business|HR|IT|Accounts?|Marketing|Sales|Finance|Support|Billing|Engineering|Legal|Team .*|Google.*|Excel|Minecraft|Discord|Twitter|Facebook|WhatsApp|Netflix|Spotify|Verizon|Vodafone|AT&T|Unit .*|Flat .*|Room .*|Apartment .*|Generation .*|Care|Fear|Hope)$|\b(?:Street|Road|Avenue|Lane|Sheets|Docs|Economy|Plan)$/;

/** "HubSpot", "Entra ID": capitals that names of products have and names of places have not. */
const MADE_NAME =
  /(?<!\b(?:Mc|Mac|De|Di|La|Le|Fitz|O['’]))(?<=\p{Ll})\p{Lu}|\b(?:ID|DB|BI|CRM|ERP|SSO|API|AI|HQ|TV)\b/u;

export function readOrganisation(sentence: Sentence, at: number): Slot | null {
  const called = readCalledName(sentence, at);
  if (called !== null) return toNode(called, "Organization");
  if (getMarker(sentence, at) === "in") return readWorkplace(sentence, at);
  if (/^(?:my|your|his|her|our|their)$/.test(getWord(sentence, findDependent(sentence, at, /^nmod:poss/) ?? -1)))
    return null;
  const run = findNameRun(sentence, at);
  if (run) return toNode(readFirm(sentence, at, run), "Organization");
  return /^(?:at|for|from)$/.test(getMarker(sentence, at)) ? readWorkplace(sentence, at) : null;
}

/** A firm by its name, and nothing that only begins with one: "Acme", "the US postal service", "McDonald's". */
function readFirm(sentence: Sentence, at: number, run: [first: number, last: number]): string | null {
  const [first, last] = run;
  if (at === last + 1 && isNamedHouse(sentence, run)) return getStretch(sentence, first, at);
  if (at > last && sentence.tokens[at]?.upos === "NOUN" && isContiguous(sentence, first, at))
    return getWord(sentence, first - 1) === "the" && findDependent(sentence, at, /^(?:nmod|acl)/) === undefined
      ? getStretch(sentence, first, at)
      : null;
  // "I teach PE at a girls' school": a name somewhere before is no part of it.
  if (at > last + 1) return null;
  const possessive = readPossessiveName(sentence, run);
  if (possessive !== null) return possessive;
  if (/^['’]s$/.test(getWord(sentence, last + 1)) || sentence.tokens[first - 1]?.xpos === "POS") return null;
  if (first === last && isSomebody(sentence, at)) return null;
  return readName(
    sentence,
    at,
    (_, begin, end) =>
      !/^(?:my|your|his|her|a|an)$/.test(getWord(sentence, begin - 1)) &&
      (end > begin || !LANGUAGE_OR_DAY.test(getWord(sentence, begin))),
  );
}

/** "Lindenhof hospital": a house of a kind where people work, by a name of its own. */
function isNamedHouse(sentence: Sentence, [first, last]: [number, number]): boolean {
  const before = sentence.tokens[first - 1];
  return (
    NAMED_HOUSE.test(getWord(sentence, last + 1)) &&
    /^\p{Lu}/u.test(sentence.tokens[first]?.text ?? "") &&
    before?.upos === "ADP" &&
    isContiguous(sentence, first, last + 1) &&
    !/^(?:NOUN|PROPN)$/.test(sentence.tokens[last + 2]?.upos ?? "")
  );
}

const NAMED_HOUSE =
  /^(?:hospital|clinic|school|college|university|library|museum|theatre|theater|brewery|winery|bakery|hotel)$/;

/** "McDonald's": the ending belongs to the name where nothing is owned. */
function readPossessiveName(sentence: Sentence, [first, last]: [number, number]): string | null {
  const next = sentence.tokens[last + 2];
  const isEnd = /^['’]s$/.test(getWord(sentence, last + 1)) && !/^(?:NOUN|PROPN|ADJ|NUM)$/.test(next?.upos ?? "");
  const isName =
    /^\p{Lu}/u.test(sentence.tokens[first]?.text ?? "") &&
    !/^(?:my|your|his|her|our|their)$/.test(getWord(sentence, first - 1));
  return isEnd && isName && sentence.tokens[last + 1]?.start === sentence.tokens[last]?.end
    ? getStretch(sentence, first, last + 1)
    : null;
}

/** "For Tom" is for somebody; "at Meta" is at a firm, and some firms are well known. */
function isSomebody(sentence: Sentence, at: number): boolean {
  const isAt = getMarker(sentence, at) === "at";
  return isFirstName(getWord(sentence, at)) && !isAt && !FIRMS.test(getWord(sentence, at));
}

const FIRMS =
  /^(?:meta|chase|ford|dell|disney|kia|lidl|aldi|wendy|shell|total|visa|delta|aon|axa|nike|target|siemens|chanel|dior|asda)$/;

/** Where people start to work, and not to learn. */
export function readWorkplaceByName(sentence: Sentence, at: number): Slot | null {
  const slot = readOrganisation(sentence, at);
  return slot && SCHOOL.test(slot.text) ? null : slot;
}

/** What people join and start with for their living, and not for their leisure or to learn. */
export function readEmployer(sentence: Sentence, at: number): Slot | null {
  const slot = readWorkplaceByName(sentence, at);
  const isOther = LEISURE.test(slot?.text ?? "") || isClub(sentence, at) || isBehindArticle(sentence, at);
  return slot && !isOther ? slot : null;
}

/** "The Boston Marathon crowd", "the NHS waiting list": what has an article is joined for other things than a living. */
function isBehindArticle(sentence: Sentence, at: number): boolean {
  const run = findNameRun(sentence, at);
  return getWord(sentence, (run?.[0] ?? at) - 1) === "the" || findDependent(sentence, at, /^det$/) !== undefined;
}

/** What people are members of: "the Easton Plodders", "Hillside Allotment Association". */
export function readClub(sentence: Sentence, at: number): Slot | null {
  const slot = isClub(sentence, at) ? readOrganisation(sentence, at) : null;
  const run = findNameRun(sentence, at);
  // "The Hilton Honors webinar" is no club, and "the Smiths for dinner" is none either.
  const isWhole = run !== null && at <= run[1] && sentence.tokens[run[1] + 1]?.upos !== "NOUN";
  return slot?.label && isWhole ? slot : null;
}

/** A name behind "the" that stands in the plural or says so itself. */
function isClub(sentence: Sentence, at: number): boolean {
  const run = findNameRun(sentence, at);
  const name = run ? getStretch(sentence, ...run) : "";
  const isPlural = run !== null && run[1] > run[0] && getWord(sentence, run[0] - 1) === "the" && /[^s]s$/.test(name);
  return (
    CLUB.test(name) ||
    (isPlural && !/\b(?:Systems|Airlines|Industries|Services|Works|Brothers|Labs|Partners|Nations)$/.test(name))
  );
}

const CLUB =
  /\b(?:Club|Society|Association|Union|Choir|Orchestra|Band|League|Guild|Scouts|Guides|Rotary|Lions|Church|Parish|Synagogue|Mosque|Party|Greens|Runners|Harriers|Ramblers|Gym|Allotments?)$/;

const LEISURE =
  /^(?:Twitter|X|Discord|Facebook|Instagram|Reddit|TikTok|LinkedIn|Weight Watchers|Slack|Teams|Netflix|Amazon Prime|Duolingo|Zoom|Spotify|WhatsApp|Telegram|Tinder|Bumble|Hinge|Strava|Peloton|Costco|Planet Fitness|YouTube|Twitch|Patreon|Substack|Medium|Audible|Tumblr|Pinterest)$/i;

/** Where people study, by a name that says so. */
export function readSchool(sentence: Sentence, at: number): Slot | null {
  const slot = readOrganisation(sentence, at);
  return slot && SCHOOL.test(slot.text) ? slot : null;
}

const SCHOOL =
  /universit|college|school|academy|institut|polytechnic|\b(?:Primary|Grammar|Elementary|Comprehensive)$|\b(?:MIT|UCLA|NYU|LSE)\b/i;

const LANGUAGE_OR_DAY = /^(?:english|french|german|spanish|christmas|easter|covid|god|home|i|mr|mrs|ms|dr)$/;

function isContiguous({ tokens }: Sentence, first: number, last: number): boolean {
  return tokens.slice(first, last + 1).every(({ upos }) => /^(?:PROPN|NOUN|ADJ)$/.test(upos));
}

/** "A bank": where somebody works, without a name. */
function readWorkplace(sentence: Sentence, at: number): Slot | null {
  const article = findDependent(sentence, at, /^det$/);
  if (article === undefined || !/^(?:an?|the)$/.test(getWord(sentence, article))) return null;
  const noun = getStretch(sentence, article + 1, at).toLowerCase();
  const isKnown =
    lists.WORKPLACES.has(getWord(sentence, at)) ||
    [...lists.WORKPLACES].some((place) => noun.endsWith(` ${place}`) || noun === place);
  if (!isKnown || noun.split(" ").length > 4 || findDependent(sentence, at, /^(?:acl)/) !== undefined) return null;
  return toValue(getWord(sentence, article) === "the" ? `the ${noun}` : addArticle(noun));
}

/** A make and model, "a Samsung Galaxy S21": a name with a figure or a capital inside, which nothing but devices have. */
export function readDevice(sentence: Sentence, at: number): Slot | null {
  const made = readMade(sentence, at);
  if (made !== null) return made;
  const slot = readProduct(sentence, at);
  const run = findNameRun(sentence, at);
  const determiner = getWord(sentence, (run?.[0] ?? at) - 1);
  const isModel =
    slot !== null && (/\p{L}.*\d/u.test(slot.text) || MAKES.test(slot.text)) && !/^(?:19|20)\d\d /.test(slot.text);
  if (!isModel) return null;
  if (determiner === "the") return { ...slot, label: "Device", isDefinite: true };
  return /^(?:an?|my|our|new)$/.test(determiner) ? { ...slot, label: "Device" } : null;
}

/** "A Framework laptop": of whatever make. */
function readMade(sentence: Sentence, at: number): Slot | null {
  const make = sentence.tokens[at - 1];
  const isMade = /^(?:laptop|phone|smartphone|tablet|printer|router|smartwatch|e-reader)$/.test(getWord(sentence, at));
  const isWhole = make?.upos === "PROPN" && make.head === at && getWord(sentence, at - 2) === "a";
  return isMade && isWhole ? { text: getStretch(sentence, at - 1, at), label: "Device" } : null;
}

/** A make that nothing but devices have, before or beside its model: "my Pixel 6a". */
export function isMakeOfDevice(text: string): boolean {
  return MAKES.test(text);
}

const MAKES =
  /\b(?:Pixel|Galaxy|Redmi|Xperia|OnePlus|Fairphone|iPhone|iPad|iMac|MacBook|AirPods|PlayStation|ThinkPad|GoPro|OnePlus|Chromebook|Kindle|Xbox|Fitbit|Roomba)\b/i;

/** A product by its name: "Slack", "a 2015 MacBook Air". */
export function readProduct(sentence: Sentence, at: number): Slot | null {
  if (getWord(sentence, at).includes("@")) return null;
  const owner = getWord(sentence, findDependent(sentence, at, /^nmod:poss/) ?? -1);
  const run = findNameRun(sentence, at);
  if (!run || /^(?:your|his|her|their)$/.test(owner) || (run[0] === run[1] && isFirstName(getWord(sentence, at))))
    return null;
  if (at > run[1] || isCutOff(sentence, ...run) || findDependent(sentence, at, /^(?:acl)/) !== undefined) return null;
  const before = sentence.tokens[run[0] - 1];
  if (before && (before.upos === "NOUN" || before.xpos === "VBG") && before.head >= run[0] && before.head <= run[1])
    return null;
  const year = /^(?:19|20)\d\d$/.test(getWord(sentence, run[0] - 1)) ? 1 : 0;
  return toNode(writeName(sentence, run[0] - year, run[1]), "Product");
}
