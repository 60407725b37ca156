import { db, runInTransaction } from "#lib/db/client.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inGraph, ofGraph } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import type { EpisodeText, Extractor, Reading, Setting } from "#lib/extraction/schema.ts";
import { lockGraph } from "#lib/graph/lock.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { findKnownContext } from "#lib/graph/search/known.ts";
import { storeReadings } from "#lib/graph/write/store-readings.ts";
import { BACKLOGS, type Backlog, findPerson, listEpisodesToRead, READER } from "#lib/ingestion/waiting-episodes.ts";
import { readOntology } from "#lib/ontology/record.ts";

/** As many episodes as one transaction takes, so that whoever else writes to the graph waits only briefly. */
const TOGETHER = 40;
/** A graph gives way to others after this many, and is queued again. */
const IN_A_ROW = 800;

/**
 * Processes the waiting episodes of a graph in the order in which they came. A reading and the mark that its episode is
 * processed are stored in one transaction, so that an episode counts once even if this is called twice or killed. An episode
 * that cannot be read is marked as failed with the reason, and the rest goes on.
 * @returns how many episodes were processed, and whether the graph gives way to others while more of its own wait.
 */
export async function processWaitingEpisodes(
  graph: GraphKey,
  extractor: Extractor,
): Promise<{ done: number; more: boolean }> {
  const person = await findPerson(graph);
  const ontology = await readOntology(db(), graph.projectUuid);
  let done = 0;
  while (done < IN_A_ROW) {
    // An extractor that compares with known facts must see what the episode before added, so it reads one episode at a time.
    const episodes = await listEpisodesToRead("waiting", graph, person, extractor.compares ? 1 : TOGETHER);
    const [first] = episodes;
    if (!first) {
      if (await hasWaitingEpisode(graph)) continue;
      return { done, more: false };
    }
    const known = extractor.compares ? await findKnownContext(db(), graph, first.content) : { nodes: [], facts: [] };
    const outcomes = await readEpisodes(episodes, extractor, { person, ontology, known });
    if (!(await storeOutcomes("waiting", graph, outcomes))) return { done, more: false };
    done += episodes.length;
  }
  return { done, more: true };
}

/**
 * Reads again some of what an older reader has read in a graph, in the order in which it came. What was drawn before stays
 * until its episode has been read; corrections and retractions stay as they are.
 * @returns how many episodes were read; 0 when none is left.
 */
export async function rereadStaleEpisodes(graph: GraphKey, extractor: Extractor): Promise<number> {
  const person = await findPerson(graph);
  const ontology = await readOntology(db(), graph.projectUuid);
  const episodes = await listEpisodesToRead("stale", graph, person, TOGETHER);
  const outcomes = await readEpisodes(episodes, extractor, { person, ontology, known: { nodes: [], facts: [] } });
  if (episodes.length > 0) await storeOutcomes("stale", graph, outcomes);
  return episodes.length;
}

/** Whether anything waits in a graph once all who were writing to it have finished: they hold its lock until they commit. */
async function hasWaitingEpisode(key: GraphKey): Promise<boolean> {
  try {
    return await runInTransaction(async (tx) => {
      await lockGraph(tx, key);
      const left = await readRowsIn(tx, { uuid: TEXT })`
        SELECT uuid FROM episodes WHERE ${inGraph(key)} AND ${BACKLOGS.waiting} LIMIT 1`;
      return left.length > 0;
    });
  } catch (error) {
    if (isGraphGone(error)) return false;
    throw error;
  }
}

function isGraphGone(error: unknown): boolean {
  return error instanceof AppError && error.code === "not_found";
}

type Outcome = { uuid: string; reading: Reading } | { uuid: string; failure: string };

function readEpisodes(episodes: EpisodeText[], extractor: Extractor, setting: Setting): Promise<Outcome[]> {
  return Promise.all(
    episodes.map(async (episode): Promise<Outcome> => {
      const { uuid } = episode;
      try {
        return { uuid, reading: await extractor.read(episode, setting) };
      } catch (error) {
        return { uuid, failure: describeFailure("could not be read", error) };
      }
    }),
  );
}

/**
 * Stores a batch. If it cannot be stored, its episodes are stored one by one, so that only those that cannot be stored fail.
 * @returns false when the graph is gone.
 */
async function storeOutcomes(backlog: Backlog, graph: GraphKey, outcomes: Outcome[]): Promise<boolean> {
  try {
    await storeTogether(backlog, graph, outcomes);
    return true;
  } catch (error) {
    if (isGraphGone(error)) return false;
    // A transient error is not the episode's fault. The queue tries the graph again.
    if (isTransientError(error)) throw error;
    const [only, ...others] = outcomes;
    if (!only) return true;
    if (others.length === 0) {
      if ("failure" in only) throw error;
      return storeOutcomes(backlog, graph, [{ uuid: only.uuid, failure: describeFailure("could not be kept", error) }]);
    }
    for (const outcome of outcomes) if (!(await storeOutcomes(backlog, graph, [outcome]))) return false;
    return true;
  }
}

async function storeTogether(backlog: Backlog, key: GraphKey, outcomes: Outcome[]): Promise<void> {
  await runInTransaction(async (tx) => {
    const graph = await lockGraph(tx, key);
    const uuids = outcomes.map(({ uuid }) => uuid);
    const waiting = await readRowsIn(tx, { uuid: TEXT })`
      SELECT uuid FROM episodes WHERE ${inGraph(key)}
        AND uuid = ANY(${uuids}::uuid[]) AND ${BACKLOGS[backlog]} FOR UPDATE`;
    const still = new Set(waiting.map(({ uuid }) => uuid));
    const readings = new Map(
      outcomes.flatMap((outcome) =>
        "reading" in outcome && still.has(outcome.uuid) ? [[outcome.uuid, outcome.reading] as const] : [],
      ),
    );
    // Taken before anything is told: what a summary rests on was processed by then (see lib/graph/summary).
    const now = new Date();
    await storeReadings(tx, graph, readings);
    const where = ofGraph(key);
    await tx.episode.updateMany({
      where: { ...where, uuid: { in: [...readings.keys()] } },
      data: { processedAt: now, reader: READER },
    });
    for (const outcome of outcomes) {
      if (!("failure" in outcome) || !still.has(outcome.uuid)) continue;
      await tx.episode.updateMany({
        where: { ...where, uuid: outcome.uuid },
        data: { failedAt: now, failure: outcome.failure, reader: READER },
      });
    }
  });
}

/**
 * Transient error codes: Prisma's for connections, time-outs and conflicts, and PostgreSQL's for the same, for missing
 * resources and for a restart.
 */
const TRANSIENT_CODE = /^(P1\d\d\d|P2024|P2028|P2034|P2037)$/;
const TRANSIENT_STATE = /\b(40001|40P01|57\w{3}|53\w{3}|08\w{3}|55P03|25P0\d)\b/;

function isTransientError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return (
    TRANSIENT_CODE.test(code) ||
    TRANSIENT_STATE.test(code) ||
    (code === "P2010" && TRANSIENT_STATE.test(error.message)) ||
    /^E(CONN|PIPE|TIMEDOUT)/.test(code)
  );
}

/** Why, in words that repeat nothing of what was said: an error's message may. */
function describeFailure(what: string, error: unknown): string {
  const code = error instanceof Error ? ("code" in error ? String(error.code) : error.name) : typeof error;
  return `${what} (${code})`;
}
