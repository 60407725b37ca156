import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { importConversation } from "#bench/eval/conversation.ts";
import { readJsonLines } from "#bench/eval/data.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { joinLine } from "#lib/graph/summary/prose.ts";
import { isQuotation, sentencesSchema } from "#lib/graph/summary/schema.ts";
import { importRecords } from "#lib/transfer/mutations.ts";
import { RecordNamer } from "#lib/transfer/record-names.ts";
import { processAll } from "#prisma/memory-factories.ts";
import { makeSampleRecords } from "#prisma/sample.ts";

const CONVERSATIONS = [26, 30, 41, 42, 43, 44];
const SAMPLE = ["Amara Okafor", "Jonas Lindqvist", "Chiara Fontana", "Kwame Asante", "Sofia Papadaki", "Dániel Kovács"];

/**
 * What a reader found who held each thing that a summary says against what that person said: whether it is grammatical, true,
 * about this person and no secret, else it is wrong; and whether somebody who helps this person would want to know it. What is said
 * of imported people stands there as its digest, because their conversations are not ours to publish.
 */
const judgementSchema = z.object({ person: z.string(), says: z.string(), wrong: z.boolean(), useful: z.boolean() });
const JUDGEMENTS = readJsonLines(join(import.meta.dirname, "summaries.jsonl")).map((line) =>
  judgementSchema.parse(line),
);

interface SummariesResult {
  people: number;
  /** Things that the summaries say. */
  said: number;
  "wrong %": number;
  "useful %": number;
  /** What nobody has read yet, because it has changed since. */
  unread: { person: string; says: string }[];
}

/** The summaries of six imported people and six of the sample project, thing by thing, beside what a reader found. */
export async function evaluateSummaries(makeActor: () => Promise<Actor>): Promise<SummariesResult> {
  const told = [...(await tellImported(await makeActor())), ...(await tellSample(await makeActor()))];
  const said = told.flatMap(({ person, says }) => says.map((one) => ({ person, says: one })));
  const judged = said.map((one) =>
    JUDGEMENTS.find(
      ({ person, says }) => person === one.person && (says === one.says || says === digestWords(one.says)),
    ),
  );
  const share = (count: number) =>
    Number(((100 * count) / Math.max(1, judged.filter((one) => one !== undefined).length)).toFixed(1));
  return {
    people: told.length,
    said: said.length,
    "wrong %": share(judged.filter((one) => one?.wrong).length),
    "useful %": share(judged.filter((one) => one?.useful).length),
    unread: said.filter((_, index) => judged[index] === undefined),
  };
}

function digestWords(words: string): string {
  return `sha256:${createHash("sha256").update(words).digest("hex").slice(0, 24)}`;
}

interface Told {
  person: string;
  says: string[];
}

async function tellImported(actor: Actor): Promise<Told[]> {
  const told: Told[] = [];
  for (const conversation of CONVERSATIONS) {
    process.stderr.write(`conversation ${conversation}\n`);
    const { userUuid } = await importConversation(actor, conversation);
    told.push({ person: `conversation ${conversation}`, says: await listSaid(actor, userUuid) });
  }
  return told;
}

async function tellSample(actor: Actor): Promise<Told[]> {
  const records = makeSampleRecords(new Date("2026-11-01T00:00:00Z")).map((record, line) => ({ line, record }));
  await importRecords(actor, records, new RecordNamer());
  const users = await db().user.findMany({ where: { projectUuid: actor.projectUuid } });
  const told: Told[] = [];
  for (const { uuid, firstName, lastName } of users) {
    const person = `${firstName} ${lastName}`;
    if (!SAMPLE.includes(person)) continue;
    await processAll({ projectUuid: actor.projectUuid, uuid });
    told.push({ person, says: await listSaid(actor, uuid) });
  }
  return told;
}

/** Each thing that the latest summary says: what stands between semicolons, and each quotation. */
async function listSaid({ projectUuid }: Actor, graphUuid: string): Promise<string[]> {
  const { sentences } = await db().summary.findFirstOrThrow({
    where: { projectUuid, graphUuid },
    orderBy: { version: "desc" },
  });
  return sentencesSchema
    .parse(sentences)
    .flatMap((line) => (isQuotation(line) ? [joinLine(line)] : line.text.replace(/\.$/, "").split("; ")));
}
