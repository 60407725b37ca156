import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db, rows } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { type Sentence, sentencesSchema } from "#lib/graph/prose.ts";
import { Prisma } from "#prisma/client/client.ts";

export interface SummaryFact {
  uuid: string;
  fact: string;
  validAt: Date | null;
  invalidAt: Date | null;
}

export interface ToldSummary {
  /** Someone wrote it: then it rests on no facts. */
  stated: boolean;
  sentences: { text: string; facts: SummaryFact[] }[];
  /** When it came to say this, and how many times it has said something else before. */
  since: Date | null;
  earlier: number;
}

/** What is remembered of a person in prose, each sentence with the facts it rests on. @throws AppError `not_found`. */
export async function getSummary(actor: Actor, userUuid: string): Promise<ToldSummary> {
  authorize(actor, "graph:read");
  const { projectUuid } = actor;
  const where = { projectUuid_uuid: { projectUuid, uuid: userUuid } };
  const node = await db().node.findUnique({ where, select: { summary: true, summaryStated: true } });
  if (!node) throw new AppError("not_found", "There is no such user.");
  const latest = await db().summary.findFirst({
    where: { projectUuid, graphUuid: userUuid },
    orderBy: { version: "desc" },
  });
  const sentences: Sentence[] = node.summaryStated
    ? [{ text: node.summary, facts: [] }]
    : sentencesSchema.parse(latest?.sentences ?? []);
  const facts = await factsNamed(
    projectUuid,
    userUuid,
    sentences.flatMap((sentence) => sentence.facts),
  );
  return {
    stated: node.summaryStated,
    sentences: sentences.map(({ text, facts: uuids }) => ({
      text,
      facts: uuids.flatMap((uuid) => facts.get(uuid) ?? []),
    })),
    since: latest?.createdAt ?? null,
    earlier: Math.max(0, (latest?.version ?? 1) - 1),
  };
}

async function factsNamed(projectUuid: string, graphUuid: string, uuids: string[]): Promise<Map<string, SummaryFact>> {
  const found = await rows<SummaryFact>(Prisma.sql`
    SELECT uuid, fact, valid_at AS "validAt", invalid_at AS "invalidAt" FROM edges
    WHERE project_uuid = ${projectUuid}::uuid AND graph_uuid = ${graphUuid}::uuid AND uuid = ANY(${uuids}::uuid[])`);
  return new Map(found.map((fact) => [fact.uuid, fact]));
}
