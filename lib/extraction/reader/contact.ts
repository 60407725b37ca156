import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { getText, type Sentence } from "#lib/extraction/reader/sentence.ts";
import { findMoment } from "#lib/extraction/reader/when.ts";

const OLD = /\b(?:old|former|previous|don['’]?t|do not|never|not)\b/i;

/** How people give their own address or number; what follows in the sentence is it. */
const GIVES =
  /\b(?:my|our) (?:(?:new|work|home|personal|private|current) )?(?:e-?mail(?: address)?|phone(?: number)?|mobile(?: number)?|cell(?: number)?|number|telephone)(?: is(?! not\b|n| no longer\b)|:| =)|\b(?:my|our) (?:\p{L}+ )?(?:number|e-?mail|address) (?:has |is )?changed(?: to)?\b|(?:^|[^\p{L}])(?:a )?new (?:phone |mobile |cell )?(?:number|e-?mail)(?: address)?(?: is|:| =)|\b(?:changed?|update|updated) (?:my|our) (?:\p{L}+ )?(?:number|e-?mail|address)(?: address)?(?: from \S+)?(?: to)?\b|\b(?:got|have|['’]ve got) a new (?:phone |mobile |cell )?(?:number|e-?mail)(?: address)?\b|\b(?:reach|contact|email|e-mail|write to|write|message|text|call|phone|ring|ping) me (?:back )?(?:at|on|via|by|under)\b/iu;
const EMAIL = /(?<![\w.+-])[\w+-]+(?:\.[\w+-]+)*@[\w-]+(?:\.[\w-]+)+/;
const PHONE = /(?<![\w-])\+?\(?\d[\d ().-]{5,}\d(?![\w-])/;

/** A house in a street, the number before or behind its name, and the town where it is told. */
export const STREET_ADDRESS =
  "(?:\\d+[a-z]?,? \\p{Lu}[^.!?;\\n]{4,100}?|\\p{Lu}[\\p{L}.'’-]{2,}(?: [\\p{L}.'’-]{2,}){0,4} \\d+[a-z]?(?:, ?\\p{Lu}[\\p{L}\\d '’-]{2,40}){0,3})";
const ADDRESS = new RegExp(
  `(?:\\b(?:my|our) (?:(?:new|home|current|mailing|postal|shipping|billing|delivery|street) )*address|(?:^|[,;.:] |\\band )(?:the |a )?new (?:\\p{L}+ )?address)(?: is|:| will be|,? it['’]?s)(?: now)? (?<address>${STREET_ADDRESS})(?:,? (?:and|so|please|but|can|could|i|we|if)\\b.*|[.!;]*)$`,
  "iu",
);

const WAYS: readonly [words: RegExp, way: string][] = [
  [/^(?:e-?mail(?:s|ed|ing)?|mail)$/i, "email"],
  [/^(?:call(?:s|ed|ing)?|phone(?:s| calls?)?|ring|ringing|telephone)$/i, "phone"],
  [/^(?:message|write)$/i, "message"],
  [/^(?:text(?:s|ing)?|text messages?|sms)$/i, "text message"],
  [/^(?:chat|live chat)$/i, "chat"],
  [/^whats ?app$/i, "WhatsApp"],
  [/^(?:post|letters?)$/i, "post"],
];
const WAY = "(?<way>e-?mails?|phone(?: calls?)?|calls?|texts?(?: messages?)?|sms|chat|whats ?app|post|letters?)";
/** How people ask to be reached, and how they ask not to be. */
const WISHES = [
  new RegExp(
    `\\b(?:I|we)(?:['’]d| would)? (?:much |really )?prefer (?:to be (?:contacted|reached) (?:by|via|through) )?${WAY}(?= only|(?: please)?[.,;!]|$| (?:over|to|instead|please)\\b)`,
    "i",
  ),
  new RegExp(
    `\\b(?:contact|reach|answer|reply to|update) (?:me|us) (?:only |just )?(?:by|via|through|over|on) ${WAY}\\b`,
    "i",
  ),
  new RegExp(`(?:^|[.,;!] |please )${WAY} only(?:,? please)?(?=[.,;!]|$)`, "i"),
];
const WISHES_INSTEAD = [
  /\b(?<way>text|e-?mail|whats ?app|message|write|call|ring|phone) (?:to )?(?:me|us)(?: please)?,? (?:instead|rather|only)\b/i,
  /\b(?:please |just )?(?<way>text|e-?mail|whats ?app|message|write|call|ring|phone) (?:me|us) (?:instead|rather than (?:call|ring|phone|text|e-?mail|write))/i,
  new RegExp(`\\b(?:rather|please|better|only|notifications only) (?:use |on |by |via |through )${WAY}\\b`, "i"),
];
const REFUSALS = [
  /(?:^|[.,;!] |\b(?:please|pls|and|but|so|just) )(?:do not|don['’]?t|never|stop) (?:ever )?(?<way>call|calling|phone|ring|ringing|e-?mail|e-?mailing|text|texting) (?:me|us)(?=\W*$|[,.!;:)]| (?:please|pls|any ?more|again(?! today)|ever|at all|either|unless|because|cause|as|i|i['’]m|it|thanks|bro|mate|your|and|but)\b)/i,
  new RegExp(`\\bno (?:more )?${WAY},? please\\b`, "i"),
];

/** Reads how the writer can be reached: addresses, numbers, and the ways that they want and do not want. */
export function readContact(sentence: Sentence, discourse: Discourse): void {
  const text = getText(sentence);
  readContacts(sentence, text, discourse);
  readAddress(sentence, text, discourse);
  readWishes(text, discourse);
}

/** "Please don't call me, I prefer email". */
function readWishes(text: string, discourse: Discourse): void {
  if (/\?\s*$/.test(text)) return;
  const add = (name: string, patterns: readonly RegExp[]) => {
    const word = patterns.map((pattern) => pattern.exec(text)?.groups?.way).find((way) => way !== undefined) ?? "";
    const way = WAYS.find(([words]) => words.test(word))?.[1];
    if (way)
      discourse.add({
        kind: "holds",
        name,
        source: discourse.speaker,
        object: { value: way },
        validAt: discourse.saidAt,
      });
  };
  add("CONTACT_BY", [...WISHES, ...WISHES_INSTEAD]);
  add("NOT_CONTACT_BY", REFUSALS);
}

/** "Our new address is 18 Maple Street, Dayton", from the day of the move on. */
function readAddress({ times }: Sentence, text: string, discourse: Discourse): void {
  const address = ADDRESS.exec(text)?.groups?.address;
  const move = /\bmov(?:e|ing)\b/i.test(text)
    ? times.find(({ ahead }) => ahead !== null && ahead > discourse.saidAt)
    : null;
  const object = { value: (address?.trim() ?? "").replace(/,\s+\p{Ll}.*$/u, "") };
  if (address)
    discourse.add({
      kind: "holds",
      name: "HAS_ADDRESS",
      source: discourse.speaker,
      object,
      validAt: move?.ahead ?? null,
    });
}

/** "You can reach me at jo@example.org or +1 555 0100": the writer's own address and number. */
function readContacts({ times }: Sentence, text: string, discourse: Discourse): void {
  const given = GIVES.exec(text);
  if (!given || OLD.test(text.slice(0, given.index + given[0].length))) return;
  const rest = text.slice(given.index + given[0].length);
  const [email, phone] = [EMAIL.exec(rest)?.[0], PHONE.exec(rest.replace(EMAIL, " "))?.[0].trim()];
  const isNew = /\bnew\b|\bchanged\b/i.test(given[0]);
  const validAt = isNew ? findMoment(times) : null;
  const told = { kind: "holds" as const, source: discourse.speaker, validAt };
  // "My email has changed": whichever it was is over.
  if (email && /\bchanged\b/i.test(given[0]))
    discourse.add({ kind: "closes", name: "HAS_EMAIL", source: discourse.speaker, object: null, invalidAt: validAt });
  if (email) discourse.add({ ...told, name: "HAS_EMAIL", object: { value: email } });
  if (phone && phone.replace(/\D/g, "").length >= 7)
    discourse.add({ ...told, name: "HAS_PHONE", object: { value: phone } });
}
