import { splitKey } from "#lib/extraction/records/keys.ts";

/** Keys that say only what sort of record this is: their value is no fact of anybody. */
const TYPE = /^(?:type|kind|record type|object|object type|event type)$/;

/** What a record can be of, so that it is a thing of its own with a number or a day. */
const THING =
  /^(?:order|ticket|invoice|booking|reservation|case|payment|transaction|appointment|shipment|claim|policy|issue|flight|job|loan|rental|refund|return|delivery|complaint|request|quote|visit|call|meeting)$/;

/** What somebody has one of at a time, mostly, and that is described in the same flat record as they are. */
const HEAD =
  /^(?:subscription|plan|tariff|membership|contract|device|product|newsletter|vehicle|car|course|loyalty|account)$/;

/** "plan changed from Basic to Pro": which keys hold what was changed, before and after. */
const BEFORE = /^(?:from|before|old|previous)(?: value)?$/;
const AFTER = /^(?:to|after|new)(?: value)?$/;
/** When an update took place. */
export const DAY_OF_UPDATE =
  /^(?:date|at|on|when|time|timestamp|(?:occurred|happened|changed|sent) (?:at|on)|(?:event|effective) (?:date|time))$/;
/** What somebody's plan is a part of. */
const SUBSCRIPTION = /^(?:subscription|membership|contract)$/;
/** Words for the person themselves: what stands under these keys is theirs without a further word. */
const PERSON_KEY =
  /^(?:crm|hr|hris|erp|payroll|alumni|directory|(?:crm |current |our )?(?:user|customer|client|member|contact|person|profile|lead|employee|patient|student|subscriber|account holder))$/;

/** Keys that say nothing by themselves: "status" is the status of what the record is about. */
const GENERIC =
  /^(?:status|state|stage|date|id|number|title|description|result|reason|notes?|price(?: [a-z]{3})?|amount(?: \p{L}+)?|total|currency|quantity|qty|billing (?:cycle|period)|interval|product|serial(?: number)?|model|os|version|category|priority|subscribed|[\p{L} ]* (?:at|on|date))$/u;
const GENERIC_OF_THING = /^(?:language|format|size|colou?r|brand)$/;

/** "profile_update", "address_changed": what such a record holds is so of the person from its date on. */
const UPDATE =
  /^(?:(?:user|customer|profile|account|contact|person|member)(?: \p{L}+)?|[\p{L} ]+) (?:updated?|changed?|upgraded?|downgraded?|switched|created|moved|edited|corrected)$|^(?:profile|user|customer|contact|person|account|member|lead)$/u;

/** What a flat record is of. */
export interface Kind {
  /** "order", "subscription", "address changed"; empty where nothing says so. */
  words: string;
  /** The keys that say only this. */
  keys: ReadonlySet<string>;
  /** Whether the person is what it is of: it says what is so of them from its day on. */
  isUpdate: boolean;
  /** Whether it stands alone under its key, so that every key in it is about it. */
  isPart?: true;
}

/** Of what says nothing of its kind. */
export const NO_KIND: Kind = { words: "", keys: new Set(), isUpdate: false };

/** What stands alone under a key: a "contract", each of whose keys is the contract's. */
export function makePart(words: string): Kind {
  return { ...NO_KIND, words, isPart: true };
}

/** The key without what it is of: the "end" of "contract end". */
export function shortenKey(words: string, { words: kind }: Kind): string {
  return kind !== "" && words.startsWith(`${kind} `) ? words.slice(kind.length + 1) : words;
}

/** What a record is of: by its type or event, else by the key of the one thing that it describes along with the person. */
export function findKind(object: Readonly<Record<string, unknown>>): Kind {
  for (const [key, value] of Object.entries(object)) {
    const named = splitKey(key);
    if (typeof value !== "string" || !(TYPE.test(named) || named === "event")) continue;
    const words = splitKey(value);
    const keys = new Set([key]);
    if (UPDATE.test(words)) return { words, keys, isUpdate: true };
    if (TYPE.test(named) && (THING.test(words) || HEAD.test(words))) return { words, keys, isUpdate: false };
  }
  if (
    Object.entries(object).some(
      ([key, value]) => /^(?:line items|order items|lines)$/.test(splitKey(key)) && Array.isArray(value),
    )
  )
    return { ...NO_KIND, words: "order", keys: new Set([""]) };
  const head = Object.entries(object).find(([key, value]) => typeof value !== "object" && HEAD.test(splitKey(key)));
  return head ? { ...NO_KIND, words: splitKey(head[0]) } : NO_KIND;
}

/** Whether what stands under this key is so of the person themselves. */
export function isPersonKey(words: string): boolean {
  return PERSON_KEY.test(words);
}

/** Whether the plan of such a thing is the plan of whom it belongs to. */
export function isSubscription(kind: string): boolean {
  return SUBSCRIPTION.test(kind);
}

/** Whether a kind takes place on one day and is over then. */
export function isOfOneDay(kind: string): boolean {
  return /^(?:appointment|visit|meeting|call|flight|booking|reservation)$/.test(kind);
}

/** Whether a kind is a thing of its own, which a number or a day tells from others of its kind. */
export function isThing(kind: string): boolean {
  return THING.test(kind);
}

/** A key with what it is of: the "status" of a record of a device is its "device status". */
export function qualifyKey(words: string, { words: kind, isUpdate, isPart }: Kind): string {
  if (isUpdate) return nameChanged(words, kind.replace(/ \p{L}+$/u, ""));
  if (kind === "" || words === kind || words.startsWith(`${kind} `)) return words;
  // The plan of a subscription is the person's plan.
  if (isPart && words === "plan" && SUBSCRIPTION.test(kind)) return words;
  if (isPart) return `${kind} ${words}`;
  const isOfThing = GENERIC_OF_THING.test(words) && !/^(?:plan|account|subscription|membership)$/.test(kind);
  return GENERIC.test(words) || isOfThing ? `${kind} ${words}` : words;
}

function nameChanged(words: string, changed: string): string {
  if (AFTER.test(words)) return changed;
  if (BEFORE.test(words)) return `previous ${changed}`;
  return words.replace(/^new (?=\p{L})/u, "").replace(/^old (?=\p{L})/u, "previous ");
}
