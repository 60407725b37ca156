import { EPISODE_SOURCES } from "#lib/audit/schema.ts";
import { viewPeople } from "#lib/audit/views.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { nullable, oneOf, type RowOf, readRows, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { byUuid, graphOf, inGraph, ofGraph, sameGraph, sameProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { TELLING_COLUMNS, TELLING_SHAPE } from "#lib/graph/rows.ts";
import { type ComparedLine, compareVersions } from "#lib/graph/summary/comparison.ts";
import { type Sentence, sentencesSchema } from "#lib/graph/summary/schema.ts";

const SUMMARY_FACT_SHAPE = {
  uuid: TEXT,
  fact: TEXT,
  name: TEXT,
  sourceUuid: TEXT,
  targetUuid: TEXT,
  targetName: TEXT,
  validAt: nullable(TIME),
  invalidAt: nullable(TIME),
  ...TELLING_SHAPE,
};

export type SummaryFact = RowOf<typeof SUMMARY_FACT_SHAPE>;

export interface SummaryText {
  /** Someone wrote it: then it rests on no facts. */
  stated: boolean;
  sentences: { heading: string | null; text: string; facts: SummaryFact[] }[];
  /** When it came to say this, and how many times it has said something else before. */
  since: Date | null;
  earlier: number;
}

/** What is remembered of a person in prose, each sentence with the facts it rests on. @throws AppError `not_found`. */
export async function getSummary(actor: Actor, userUuid: string): Promise<SummaryText> {
  authorize(actor, "graph:read");
  await viewPeople(db(), actor, { users: [userUuid] }, "record");
  const { projectUuid } = actor;
  const where = byUuid(actor, userUuid);
  const node = await db().node.findUnique({ where, select: { summary: true, summaryStated: true } });
  if (!node) throw new AppError("not_found", "There is no such user.");
  const latest = await db().summary.findFirst({
    where: ofGraph(graphOf(actor, userUuid)),
    orderBy: { version: "desc" },
  });
  const sentences: Sentence[] = node.summaryStated
    ? [{ heading: null, text: node.summary, facts: [] }]
    : sentencesSchema.parse(latest?.sentences ?? []);
  const facts = await findFactsByUuid(
    projectUuid,
    userUuid,
    sentences.flatMap((sentence) => sentence.facts),
  );
  return {
    stated: node.summaryStated,
    sentences: sentences.map(({ heading, text, facts: uuids }) => ({
      heading,
      text,
      facts: uuids.flatMap((uuid) => facts.get(uuid) ?? []),
    })),
    since: latest?.createdAt ?? null,
    earlier: Math.max(0, (latest?.version ?? 1) - 1),
  };
}

async function findFactsByUuid(
  projectUuid: string,
  graphUuid: string,
  uuids: string[],
): Promise<Map<string, SummaryFact>> {
  const found = await readRows(SUMMARY_FACT_SHAPE)`
    SELECT e.uuid, e.fact, e.name, e.source_uuid AS "sourceUuid", e.target_uuid AS "targetUuid", t.name AS "targetName",
      e.valid_at AS "validAt", e.invalid_at AS "invalidAt", ${TELLING_COLUMNS}
    FROM edges e JOIN nodes t ON ${sameGraph("t", "e")} AND t.uuid = e.target_uuid
    WHERE ${inGraph({ projectUuid, uuid: graphUuid }, "e")} AND e.uuid = ANY(${uuids}::uuid[])`;
  return new Map(found.map((fact) => [fact.uuid, fact]));
}

export interface SummaryVersion {
  version: number;
  createdAt: Date;
  /** How many things came and went since the version before. */
  added: number;
  dropped: number;
}

const MOST_VERSIONS = 200;

/** Every version of a person's summary, the latest first. Of deleted facts no version keeps a sentence. */
export async function listSummaryVersions(actor: Actor, userUuid: string): Promise<SummaryVersion[]> {
  authorize(actor, "graph:read");
  const versions = await db().summary.findMany({
    where: ofGraph(graphOf(actor, userUuid)),
    orderBy: { version: "desc" },
    take: MOST_VERSIONS,
  });
  const told = versions.map(({ version, createdAt, sentences }) => ({
    version,
    createdAt,
    said: sentencesSchema.parse(sentences),
  }));
  return told.map(({ version, createdAt, said }, index) => {
    const parts = compareVersions(said, told[index + 1]?.said ?? []).flatMap((line) => line.parts);
    return {
      version,
      createdAt,
      added: parts.filter(({ change }) => change === "added").length,
      dropped: parts.filter(({ change }) => change === "dropped").length,
    };
  });
}

/** What made a summary say something else: a conversation, or somebody by hand. */
export interface SummaryCause {
  /** The message that told it last; null for data and for what was done by hand. */
  sessionUuid: string | null;
  messageUuid: string | null;
  sessionId: string | null;
  source: "text" | "json" | "message" | "fact_triple" | "correction";
  at: Date;
}

export interface SummaryComparison {
  createdAt: Date;
  /** The lines of both versions, in the order in which they read. */
  lines: ComparedLine[];
  causes: SummaryCause[];
}

/** What a version of a summary says that an earlier one did not, and the reverse, and what made it so. @throws AppError `not_found`. */
export async function getSummaryComparison(
  actor: Actor,
  userUuid: string,
  { version, against }: { version: number; against: number },
): Promise<SummaryComparison> {
  authorize(actor, "graph:read");
  const where = { ...ofGraph(graphOf(actor, userUuid)), version: { in: [version, against] } };
  const found = await db().summary.findMany({ where });
  const parseSentences = (number: number) =>
    sentencesSchema.parse(found.find((one) => one.version === number)?.sentences ?? []);
  const late = found.find((one) => one.version === version);
  if (!late) throw new AppError("not_found", "There is no such version.");
  const [now, before] = [parseSentences(version), parseSentences(against)];
  const [added, dropped] = [subtractSentences(now, before), subtractSentences(before, now)];
  return {
    createdAt: late.createdAt,
    // The first version is compared with nothing: then nothing in it is new.
    lines: compareVersions(now, against === 0 ? now : before),
    causes: await listCauses(
      actor.projectUuid,
      userUuid,
      [...added, ...dropped].flatMap(({ facts }) => facts),
      { after: found.find((one) => one.version === against)?.createdAt ?? null, by: late.createdAt },
    ),
  };
}

/** The sentences of the first that the second does not have. */
function subtractSentences(some: Sentence[], others: Sentence[]): Sentence[] {
  return some.filter(({ text }) => !others.some((other) => other.text === text));
}

const MOST_CAUSES = 5;

const SUMMARY_CAUSE_SHAPE: Shape<SummaryCause> = {
  sessionUuid: nullable(TEXT),
  messageUuid: nullable(TEXT),
  sessionId: nullable(TEXT),
  source: oneOf(EPISODE_SOURCES),
  at: TIME,
};

/** What was read between two versions of these facts and of those that replaced them: one per conversation, the last read first. */
async function listCauses(
  projectUuid: string,
  graphUuid: string,
  facts: string[],
  { after, by }: { after: Date | null; by: Date },
): Promise<SummaryCause[]> {
  if (facts.length === 0) return [];
  const found = await readRows(SUMMARY_CAUSE_SHAPE)`
    SELECT * FROM (
      SELECT DISTINCT ON (p.session_uuid, p.source) p.session_uuid AS "sessionUuid", p.message_uuid AS "messageUuid",
        s.session_id AS "sessionId", p.source::text, p.created_at AS at, p.processed_at AS read
      FROM edges e
      JOIN claims c ON ${sameGraph("c", "e")} AND c.edge_uuid IN (e.uuid, e.superseded_by)
      JOIN episodes p ON ${sameGraph("p", "c")} AND p.uuid = c.episode_uuid
      LEFT JOIN sessions s ON ${sameProject("s", "p")} AND s.uuid = p.session_uuid
      WHERE ${inGraph({ projectUuid, uuid: graphUuid }, "e")} AND e.uuid = ANY(${facts}::uuid[])
        AND p.processed_at <= ${by} AND (${after}::timestamptz IS NULL OR p.processed_at > ${after})
      ORDER BY p.session_uuid, p.source, p.processed_at DESC, p.created_at DESC
    ) latest ORDER BY read DESC LIMIT ${MOST_CAUSES}`;
  return found;
}
