import { db, inTransaction } from "#lib/db/client.ts";
import { inGraph, ofGraph } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import type { EpisodeText, Extractor, Reading, Setting } from "#lib/extraction/schema.ts";
import { lockGraph } from "#lib/graph/lock.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { findKnown } from "#lib/graph/search/known.ts";
import { learn } from "#lib/graph/write/learn.ts";
import { findPerson, listWaiting } from "#lib/ingestion/waiting.ts";
import { readOntology } from "#lib/ontology/record.ts";

/** As many episodes as one transaction takes, so that whoever else writes to the graph waits only briefly. */
const TOGETHER = 40;
/** A graph gives way to others after this many, and is queued again. */
const IN_A_ROW = 800;

/**
 * Works off what waits in a graph, in the order in which it came. What was read and that it was read are stored in one
 * transaction, so that however often this is called or killed, each episode counts once. One that cannot be read is set
 * aside with the reason, and the rest goes on. @returns how many episodes were worked off.
 */
export async function workOff(graph: GraphKey, extractor: Extractor): Promise<number> {
  const person = await findPerson(graph);
  const ontology = await readOntology(db(), graph.projectUuid);
  let done = 0;
  while (done < IN_A_ROW) {
    // Whoever compares with what is known has to know what the episode before brought.
    const episodes = await listWaiting(graph, person, extractor.compares ? 1 : TOGETHER);
    const [first] = episodes;
    if (!first) break;
    const known = extractor.compares ? await findKnown(db(), graph, first.content) : { nodes: [], facts: [] };
    const outcomes = await readAll(episodes, extractor, { person, ontology, known });
    if (!(await keepAll(graph, outcomes))) break;
    done += episodes.length;
  }
  return done;
}

type Outcome = { uuid: string; reading: Reading } | { uuid: string; failure: string };

async function readAll(episodes: EpisodeText[], extractor: Extractor, setting: Setting): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const episode of episodes) {
    const { uuid } = episode;
    try {
      outcomes.push({ uuid, reading: await extractor.read(episode, setting) });
    } catch (error) {
      outcomes.push({ uuid, failure: reasonOf("could not be read", error) });
    }
  }
  return outcomes;
}

/** Keeps a batch whole; where something in it cannot be kept, one by one, so that only that is set aside. @returns false when the graph is gone. */
async function keepAll(graph: GraphKey, outcomes: Outcome[]): Promise<boolean> {
  try {
    await keep(graph, outcomes);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return false;
    // What may go better by itself is no fault of an episode: the queue tries the graph again.
    if (isPassing(error)) throw error;
    const [only, ...others] = outcomes;
    if (!only) return true;
    if (others.length === 0) {
      if ("failure" in only) throw error;
      return keepAll(graph, [{ uuid: only.uuid, failure: reasonOf("could not be kept", error) }]);
    }
    for (const outcome of outcomes) if (!(await keepAll(graph, [outcome]))) return false;
    return true;
  }
}

async function keep(key: GraphKey, outcomes: Outcome[]): Promise<void> {
  await inTransaction(async (tx) => {
    const graph = await lockGraph(tx, key);
    const uuids = outcomes.map(({ uuid }) => uuid);
    const waiting = await tx.$queryRaw<{ uuid: string }[]>`
      SELECT uuid FROM episodes WHERE ${inGraph(key)}
        AND uuid = ANY(${uuids}::uuid[]) AND processed_at IS NULL AND failed_at IS NULL FOR UPDATE`;
    const still = new Set(waiting.map(({ uuid }) => uuid));
    const readings = new Map(
      outcomes.flatMap((outcome) =>
        "reading" in outcome && still.has(outcome.uuid) ? [[outcome.uuid, outcome.reading] as const] : [],
      ),
    );
    // Taken before anything is told: what a summary rests on was processed by then (see lib/graph/summary).
    const now = new Date();
    await learn(tx, graph, readings);
    const where = ofGraph(key);
    await tx.episode.updateMany({
      where: { ...where, uuid: { in: [...readings.keys()] } },
      data: { processedAt: now },
    });
    for (const outcome of outcomes) {
      if (!("failure" in outcome) || !still.has(outcome.uuid)) continue;
      await tx.episode.updateMany({
        where: { ...where, uuid: outcome.uuid },
        data: { failedAt: now, failure: outcome.failure },
      });
    }
  });
}

/** Prisma's codes of connections, time-outs and conflicts, and PostgreSQL's of the same, of a lack of room and of a restart. */
const PASSING = /^(P1\d\d\d|P2024|P2028|P2034|P2037)$/;
const PASSING_STATE = /\b(40001|40P01|57\w{3}|53\w{3}|08\w{3}|55P03|25P0\d)\b/;

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return (
    PASSING.test(code) ||
    PASSING_STATE.test(code) ||
    (code === "P2010" && PASSING_STATE.test(error.message)) ||
    /^E(CONN|PIPE|TIMEDOUT)/.test(code)
  );
}

/** Why, in words that repeat nothing of what was said: an error's message may. */
function reasonOf(what: string, error: unknown): string {
  const code = error instanceof Error ? ("code" in error ? String(error.code) : error.name) : typeof error;
  return `${what} (${code})`;
}
