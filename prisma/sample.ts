import type { ImportRecord } from "#lib/transfer/records.ts";
import {
  ACCOUNT_TALKS,
  CHANGES,
  type Chapter,
  CONFIDENCE,
  INTRODUCTIONS,
  TALKS,
} from "#prisma/sample-conversations.ts";

/** Given and family names as people write them, in several scripts; all are invented combinations. */
const PEOPLE: [first: string, last: string][] = [
  ["Amara", "Okafor"],
  ["Jonas", "Lindqvist"],
  ["Chiara", "Fontana"],
  ["Mateusz", "Zieliński"],
  ["Yuki", "Tanabe"],
  ["Léa", "Rousselot"],
  ["Tomás", "Herrera"],
  ["Ingrid", "Sørbø"],
  ["Kwame", "Asante"],
  ["Noor", "Haddad"],
  ["Priya", "Venkatesan"],
  ["Oskar", "Brandt"],
  ["Fatima", "El-Amrani"],
  ["Dániel", "Kovács"],
  ["Sofia", "Papadaki"],
  ["Ewan", "McAllister"],
  ["美咲", "小林"],
  ["Zeynep", "Aydın"],
  ["Luca", "Moretti"],
  ["Hannah", "Weissgerber"],
  ["Oleksandr", "Тимчук"],
  ["Mei", "Zhang"],
  ["Ruben", "van der Meer"],
  ["Aisha", "Bello"],
  ["Søren", "Kjeldsen"],
  ["Camille", "Dubois-Ferrand"],
  ["נועה", "לוי"],
  ["Rafael", "Monteiro"],
  ["Elif", "Karaca"],
  ["Magnus", "Þórsson"],
  ["Ana", "Petrović"],
  ["Samuel", "Adeyemi"],
  ["Greta", "Hollenstein"],
  ["Ivo", "Marušić"],
  ["Saoirse", "Byrne"],
  ["Đorđe", "Ilić"],
  ["Nadia", "Rahman"],
  ["Pål", "Nygård"],
  ["Beatriz", "Carvalho"],
  ["Henrik", "Aalto"],
];

const SLOTS = {
  city: ["Lisbon", "Ghent", "Turku", "Porto", "Leeds", "Graz", "Utrecht", "Bologna"],
  oldCity: ["Hamburg", "Lyon", "Kraków", "Bristol", "Valencia", "Tampere", "Brno", "Basel"],
  otherCity: ["Dresden", "Oslo", "Nantes", "Verona", "Cork", "Gdańsk"],
  company: ["Northwind Optics", "Halden Freight", "Bluefin Labs", "Casa Verde", "Meridian Rail", "Tidewater Press"],
  oldCompany: ["Oakline Systems", "Pemberton & Co", "Solstice Foods", "Arcadia Maps", "Fernway Clinics"],
  job: ["a data analyst", "a head nurse", "a timetable planner", "a packaging designer", "a bookkeeper"],
  oldJob: ["a translator", "a lab technician", "a proofreader", "an accountant", "a web designer", "a nurse"],
  subject: ["architecture", "marine biology", "law", "musicology"],
  colleague: ["Rosa", "Benedikt", "Yusuf", "Maren"],
  sibling: ["Marta", "Johanna", "Ines", "Olena", "Ruth"],
  friend: ["Paul", "Birgit", "Andrea", "Karim", "Tove"],
  dog: ["Moka", "Tilda", "Pepper", "Juno"],
  cat: ["Pixel", "Muffin", "Zorro", "Biscuit"],
  instrument: ["cello", "piano", "trumpet", "guitar"],
  allergy: ["peanuts", "celery", "shellfish", "hazelnuts"],
  condition: ["asthma", "diabetes", "arthritis"],
  language: ["Portuguese", "Italian", "Japanese", "Dutch"],
  item: ["espresso machine", "desk lamp", "rucksack", "sewing machine"],
  age: ["six", "seven", "nine", "eleven"],
};
/** Of whom people speak, with the word for what they are to them. */
const PARTNERS = [
  ["wife", "Hanna"],
  ["husband", "Daniel"],
  ["wife", "Leonie"],
  ["husband", "Marek"],
] as const;
const DAUGHTERS = ["Lina", "Maya", "Clara", "Frida"];
const SONS = ["Emil", "Theo", "Anton", "Leo"];

const HOUSEHOLDS = ["family", "couple", "alone", "student", "retired"] as const;
/** What can change for whom. */
const CHANGES_OF: Record<(typeof HOUSEHOLDS)[number], Chapter[]> = {
  family: [CHANGES.move, CHANGES.puppy, CHANGES.job, CHANGES.car],
  couple: [CHANGES.job, CHANGES.vegan, CHANGES.move],
  alone: [CHANGES.move, CHANGES.job, CHANGES.car],
  student: [CHANGES.diet, CHANGES.move, CHANGES.job],
  retired: [CHANGES.car, CHANGES.move],
};

const PLANS = ["Basic", "Plus", "Team", "Business"];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The sample project: forty invented people who talk to an assistant, over the half year before `now`, and what the systems
 * around it know of them. The same `now` gives the same records.
 */
export function makeSampleRecords(now: Date): ImportRecord[] {
  const dice = new Dice(20_261_123);
  return PEOPLE.flatMap(([first, last], index) => makePerson({ first, last, index, dice, now: now.getTime() }));
}

interface Draft {
  first: string;
  last: string;
  index: number;
  dice: Dice;
  now: number;
}

function makePerson({ first, last, index, dice, now }: Draft): ImportRecord[] {
  const plain = `${first}.${last}`
    .normalize("NFKD")
    .replace(/[^a-zA-Z.]/g, "")
    .replace(/^\.|\.$/g, "")
    .toLowerCase();
  // A name in another script leaves nothing; two such people must not share their conversations' ids.
  const handle = plain || `guest.${index}`;
  const userId = index % 5 === 0 ? `${handle}@example.com` : `u-${1042 + index * 7}`;
  const joined = now - dice.between(60, 180) * DAY - dice.between(0, 1440) * MINUTE;
  const household = HOUSEHOLDS[index % HOUSEHOLDS.length] ?? "alone";
  const slots = fillSlots({ first, index, household, dice });
  const chapters = chooseChapters(household, index, dice);
  const plan = chapters.includes(ACCOUNT_TALKS.plan) ? slots.plan : slots.oldPlan;
  const user: ImportRecord = {
    type: "user",
    userId,
    email: index % 9 === 4 ? null : `${handle}@example.com`,
    firstName: first,
    lastName: last,
    metadata: { plan, locale: dice.pick(["en", "de", "fr", "pt", "pl"]), seats: dice.between(1, 5) },
    createdAt: new Date(joined),
  };
  const account = { plan: slots.oldPlan, started_at: formatDay(joined) };
  const signedUp = chapters.length > 0 ? [makeData(userId, "billing", account, joined)] : [];
  const conversations = chapters.flatMap((chapter, place) => {
    const at = joined + ((now - joined) / (chapters.length + 1)) * (place + dice.between(20, 95) / 100);
    return makeConversation(chapter, { userId, speaker: first, id: `${handle}-${place + 1}`, at, slots, dice });
  });
  return [user, ...signedUp, ...conversations];
}

function fillSlots({ first, index, household, dice }: Omit<Draft, "last" | "now"> & { household: string }) {
  const picked = Object.fromEntries(Object.entries(SLOTS).map(([name, values]) => [name, dice.pick(values)]));
  const [partnerWord, partner] = dice.pick([...PARTNERS]);
  const childWord = household === "retired" || index % 2 === 0 ? "daughter" : "son";
  const child = dice.pick(childWord === "son" ? SONS : DAUGHTERS);
  const rank = dice.between(0, PLANS.length - 2);
  return {
    ...picked,
    first,
    partnerWord,
    partner,
    childWord,
    child,
    siblingWord: "sister",
    oldPlan: PLANS[rank] ?? "",
    plan: PLANS[rank + 1] ?? "",
    orderNumber: `L-${2_000 + index * 13}`,
  };
}

/** Some say nothing yet and some have only just begun; the others tell of themselves, of changes and of their account. */
function chooseChapters(household: (typeof HOUSEHOLDS)[number], index: number, dice: Dice): Chapter[] {
  const introduction = INTRODUCTIONS[household];
  if (index % 8 === 7) return [];
  if (index % 8 === 3) return [introduction];
  const changes = CHANGES_OF[household];
  const [first, second] = [0, 1].map((step) => changes[(Math.floor(index / 5) + step) % changes.length]);
  const talk = TALKS[dice.between(0, TALKS.length - 1)];
  const account = index % 2 === 0 ? ACCOUNT_TALKS.plan : ACCOUNT_TALKS.order;
  const story = [introduction, talk, first, account, index % 3 === 0 ? CONFIDENCE : undefined, second];
  return story.filter((chapter) => chapter !== undefined).slice(0, dice.between(4, 6));
}

/** 2026-11-27, in UTC. */
function formatDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

interface Setting {
  userId: string;
  speaker: string;
  id: string;
  at: number;
  slots: Record<string, string>;
  dice: Dice;
}

function makeConversation(chapter: Chapter, { userId, speaker, id, at, slots, dice }: Setting): ImportRecord[] {
  const words: Record<string, string> = { ...slots, today: formatDay(at) };
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => words[name] ?? name);
  const session: ImportRecord = {
    type: "session",
    sessionId: id,
    userId,
    metadata: { topic: chapter.name, channel: chapter.channel },
    createdAt: new Date(at),
  };
  let clock = at;
  const messages = chapter.turns.map((turn, index): ImportRecord => {
    const person = index % 2 === 0;
    // Now and then somebody comes back the next day.
    clock +=
      index > 0 && person && dice.between(1, 9) === 9 ? 19 * 60 * MINUTE : dice.between(10, person ? 180 : 25) * 1000;
    return {
      type: "message",
      sessionId: id,
      role: person ? speaker : "Assistant",
      roleType: person ? "user" : "assistant",
      content: fill(turn),
      metadata: {},
      tokenCount: null,
      uuid: undefined,
      createdAt: new Date(clock),
    };
  });
  const { data } = chapter;
  const arrived = data ? [makeData(userId, data.about, JSON.parse(fill(JSON.stringify(data.record))), clock)] : [];
  return [session, ...messages, ...arrived];
}

/** What another system sends of a person. */
function makeData(userId: string, about: string, values: object, at: number): ImportRecord {
  return {
    type: "episode",
    userId,
    uuid: undefined,
    source: "json",
    sourceDescription: about,
    content: JSON.stringify(values),
    metadata: {},
    createdAt: new Date(at),
  };
}

/** A small deterministic generator (mulberry32), so that every first start shows the same people. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return low + (((mixed ^ (mixed >>> 14)) >>> 0) % (high - low + 1));
  }

  pick<T>(values: T[]): T {
    const value = values[this.between(0, values.length - 1)];
    if (value === undefined) throw new RangeError("nothing to pick from");
    return value;
  }
}
