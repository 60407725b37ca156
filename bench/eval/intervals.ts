import { z } from "zod";
import { findDataFile, readJsonLines } from "#bench/eval/data.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { rules } from "#lib/extraction/reader/extractor.ts";
import { addEpisodes } from "#lib/graph/edit/mutations.ts";
import { listFactsAsOf, listGraphFacts } from "#lib/graph/queries.ts";
import { LATEST_FACTS } from "#lib/graph/schema.ts";
import { processWaitingEpisodes } from "#lib/ingestion/process-episodes.ts";
import { generateUuid } from "#lib/uuid.ts";

const termSchema = z.looseObject({ start: z.string(), end: z.string() });
const personSchema = z.object({
  user_id: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  record: z.looseObject({ terms: z.array(termSchema) }),
});
type Person = z.infer<typeof personSchema>;

const AS_OF = 20;

export interface Intervals {
  people: number;
  "facts of terms, exact": string;
  "as-of answers, exact": string;
  "shuffled arrival equal": string;
  share: number;
}

/** Terms of office with known ends (unitedstates/congress-legislators): each fact's interval, as-of answers, order of arrival. */
export async function evaluateIntervals(actor: Actor): Promise<Intervals> {
  const tally = { facts: 0, exact: 0, asked: 0, right: 0, people: 0, equal: 0 };
  for (const line of readJsonLines(findDataFile("legislators", "legislators.jsonl"))) {
    const person = personSchema.parse(line);
    const ordered = await storeTerms(actor, person, "ordered", person.record.terms);
    const shuffled = await storeTerms(actor, person, "shuffled", shuffleItems(person.record.terms));
    const expected = listExpectedFacts(person);
    const facts = await listFacts(actor, ordered);
    tally.people += 1;
    tally.facts += expected.length;
    tally.exact +=
      expected.filter((fact) => facts.includes(fact)).length -
      facts.filter((fact) => fact.startsWith("HAS_TERM_") && !expected.includes(fact)).length;
    tally.equal += JSON.stringify(facts) === JSON.stringify(await listFacts(actor, shuffled)) ? 1 : 0;
    for (const at of pickDates(person)) {
      tally.asked += 1;
      const held = (await listFactsAsOf(actor, { userId: ordered }, at)).filter(({ name }) =>
        name.startsWith("HAS_TERM_"),
      );
      const wanted = expected.filter((fact) => isHoldingAt(fact, at));
      tally.right += JSON.stringify(held.map(formatFact).sort()) === JSON.stringify(wanted.toSorted()) ? 1 : 0;
    }
  }
  const { facts, exact, asked, right, people, equal } = tally;
  return {
    people,
    "facts of terms, exact": `${exact} of ${facts}`,
    "as-of answers, exact": `${right} of ${asked}`,
    "shuffled arrival equal": `${equal} of ${people}`,
    share: Math.min(exact / facts, right / asked, equal / people),
  };
}

/** Tells the terms one episode after the other, in the order given. @returns the user's id. */
async function storeTerms(
  actor: Actor,
  person: Person,
  suffix: string,
  terms: Person["record"]["terms"],
): Promise<string> {
  const { record, first_name: firstName, last_name: lastName } = person;
  const userId = `${person.user_id} ${suffix}`;
  const user = await db().user.create({ data: { projectUuid: actor.projectUuid, userId, firstName, lastName } });
  for (const term of terms) {
    const content = JSON.stringify({ ...record, terms: [term] });
    await addEpisodes(actor, { userId }, [
      {
        uuid: generateUuid(),
        source: "json",
        content,
        sourceDescription: null,
        createdAt: new Date("2026-01-01T00:00:00Z"),
      },
    ]);
  }
  while ((await processWaitingEpisodes({ projectUuid: actor.projectUuid, uuid: user.uuid }, rules)).more);
  return userId;
}

interface Dated {
  name: string;
  fact: string;
  validAt: Date | null;
  invalidAt: Date | null;
}

/** A fact as one text, so that sets of them compare: relation, value, from, until. */
function formatFact({ name, fact, validAt, invalidAt }: Dated): string {
  return [name, fact.split(" is ").slice(1).join(" is "), validAt?.toISOString(), invalidAt?.toISOString()].join(" | ");
}

async function listFacts(actor: Actor, userId: string): Promise<string[]> {
  return (await listGraphFacts(actor, { userId }, LATEST_FACTS)).map(formatFact).sort();
}

/** What the record says by itself: each thing told of a term holds from its start to its end. */
function listExpectedFacts({ record }: Person): string[] {
  return record.terms.flatMap(({ start, end, ...told }) =>
    Object.entries(told).map(([key, value]) =>
      [`HAS_TERM_${key.toUpperCase()}`, String(value), toMidnight(start), toMidnight(end)].join(" | "),
    ),
  );
}

function toMidnight(day: string): string {
  return `${day}T00:00:00.000Z`;
}

function isHoldingAt(fact: string, at: Date): boolean {
  const [, , from = "", until = ""] = fact.split(" | ");
  return from <= at.toISOString() && at.toISOString() < until;
}

/** Twenty moments of a life in office: its turns, a day before and after them, and years between. */
function pickDates({ record }: Person): Date[] {
  const turns = record.terms.flatMap(({ start, end }) => [start, end]).map((day) => Date.parse(day));
  const [first, last] = [Math.min(...turns), Math.max(...turns)];
  const day = 86_400_000;
  const near = turns.flatMap((turn) => [turn - day, turn, turn + day]);
  const spread = Array.from(
    { length: AS_OF },
    (_, step) => first - 400 * day + ((last - first + 800 * day) * step) / AS_OF,
  );
  return [...near.slice(0, AS_OF / 2), ...spread].slice(0, AS_OF).map((time) => new Date(time));
}

/** Shuffles in a fixed order that always differs from the given one, so that runs can be compared. */
function shuffleItems<T>(items: T[]): T[] {
  return items
    .map((item, index) => ({ item, key: (index * 7 + 3) % 11 }))
    .sort((a, b) => b.key - a.key)
    .map(({ item }) => item);
}
