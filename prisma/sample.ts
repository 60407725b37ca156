import type { ImportRecord } from "#lib/transfer/records.ts";
import { TOPICS, type Topic } from "#prisma/sample-conversations.ts";

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
  company: ["Northwind Optics", "Halden Freight", "Bluefin Labs", "Casa Verde", "Meridian Rail", "Tidewater Press"],
  oldCompany: ["Oakline Systems", "Pemberton & Co", "Solstice Foods", "Arcadia Maps", "Fernway Clinics"],
  job: ["data analyst", "nurse in the day clinic", "train planner", "packaging designer", "bookkeeper"],
  sister: ["Marta", "Johanna", "Ines", "Olena", "Ruth"],
  friend: ["Paul", "Birgit", "Andrea", "Karim", "Tove"],
  son: ["Emil", "Theo", "Anton", "Leo"],
  dog: ["Pixel", "Moka", "Tilda", "Biscuit"],
  allergy: ["peanuts", "celery", "shellfish", "hazelnuts"],
  language: ["Portuguese", "Italian", "Japanese", "Dutch"],
};

const PLANS = ["free", "plus", "plus", "team"];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The sample project: forty invented people who talk to an assistant, over the half year before `now`.
 * The same `now` gives the same records.
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
  const joined = now - dice.between(40, 180) * DAY - dice.between(0, 1440) * MINUTE;
  const user: ImportRecord = {
    type: "user",
    userId,
    email: index % 9 === 4 ? null : `${handle}@example.com`,
    firstName: first,
    lastName: last,
    metadata: { plan: dice.pick(PLANS), locale: dice.pick(["en", "de", "fr", "pt", "pl"]), seats: dice.between(1, 5) },
    createdAt: new Date(joined),
  };
  const slots = Object.fromEntries(Object.entries(SLOTS).map(([name, values]) => [name, dice.pick(values)]));
  const talks = index % 8 === 7 ? 0 : dice.between(1, 6);
  const offset = dice.between(0, TOPICS.length - 1);
  const sessions = Array.from({ length: talks }, (_, talk) => {
    const topic = TOPICS[(offset + talk) % TOPICS.length];
    const day = joined + ((now - joined) / (talks + 1)) * (talk + dice.between(20, 95) / 100);
    return topic
      ? makeConversation(topic, {
          userId,
          speaker: first,
          id: `${handle}-${talk + 1}`,
          at: day,
          slots,
          dice,
        })
      : [];
  });
  return [user, ...sessions.flat()];
}

interface Setting {
  userId: string;
  speaker: string;
  id: string;
  at: number;
  slots: Record<string, string>;
  dice: Dice;
}

function makeConversation(topic: Topic, { userId, speaker, id, at, slots, dice }: Setting): ImportRecord[] {
  const session: ImportRecord = {
    type: "session",
    sessionId: id,
    userId,
    metadata: { topic: topic.name, channel: topic.channel },
    createdAt: new Date(at),
  };
  let clock = at;
  const messages = topic.turns.map((turn, index): ImportRecord => {
    const person = index % 2 === 0;
    // Now and then somebody comes back the next day.
    clock +=
      index > 0 && person && dice.between(1, 9) === 9 ? 19 * 60 * MINUTE : dice.between(10, person ? 180 : 25) * 1000;
    return {
      type: "message",
      sessionId: id,
      role: person ? speaker : "Assistant",
      roleType: person ? "user" : "assistant",
      content: turn.replaceAll(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? name),
      metadata: {},
      tokenCount: null,
      uuid: undefined,
      createdAt: new Date(clock),
    };
  });
  return [session, ...messages];
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
