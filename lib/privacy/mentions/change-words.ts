import { isDeepStrictEqual } from "node:util";
import type { Actor } from "#lib/auth/actor.ts";
import type { Tx } from "#lib/db/client.ts";
import { toJsonInput } from "#lib/db/json.ts";
import { byUuid, ofGraph, ofProject } from "#lib/db/scope.ts";
import { forgetEpisodes } from "#lib/graph/edit/forget.ts";
import { rewordEpisodes, unreadEpisodes } from "#lib/graph/edit/reword.ts";
import { findNamedNodes, removeNames, withdrawStatements } from "#lib/graph/edit/unname.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import type { Redaction } from "#lib/privacy/mentions/redact.ts";
import type { DecidedMention } from "#lib/privacy/mentions/terms.ts";

interface Changes {
  redaction: Redaction;
  changed: readonly DecidedMention[];
  /** Which of these a hold keeps as they are. */
  listHeld: (uuids: string[]) => Promise<ReadonlySet<string>>;
}

/** What was done with mentions; of `unchanged` nothing could be taken out by itself. */
export interface ChangedWords {
  redacted: number;
  deleted: number;
  unchanged: number;
}

/**
 * Takes a person out of what one other has said or given, and out of all that was drawn from it: also from what does not name
 * them and speaks of them all the same ("she works at Acme"), which is read again without them.
 */
export async function changeWords(tx: Tx, actor: Actor, graph: LockedGraph, changes: Changes): Promise<ChangedWords> {
  const { redaction, changed, listHeld } = changes;
  const listUuids = (...which: [DecidedMention["place"], DecidedMention["decision"]][]) =>
    changed.flatMap(({ place, decision, uuid }) =>
      which.some(([p, d]) => p === place && d === decision) ? [uuid] : [],
    );
  const nodes = await findNamedNodes(tx, graph, (text) => redaction.redactText(text) !== text);
  const held = await listHeld([...nodes.read, ...nodes.stated]);
  const gone = listUuids(["message", "delete"], ["data", "delete"]);
  const stated = listUuids(["stated", "delete"], ["stated", "redact"]);
  await withdrawStatements(tx, graph, [...new Set([...stated, ...nodes.stated.filter((uuid) => !held.has(uuid))])]);
  await forgetEpisodes(tx, graph, gone);
  await tx.message.deleteMany({ where: { ...ofProject(actor), userUuid: graph.uuid, uuid: { in: gone } } });
  const messages = await redactMessages(tx, actor, redaction, listUuids(["message", "redact"]));
  const data = await redactData(tx, graph, redaction, listUuids(["data", "redact"]));
  const reworded = [...messages, ...data].filter(({ isChanged }) => isChanged);
  const done = new Set([...gone, ...reworded.map(({ uuid }) => uuid)]);
  await rewordEpisodes(
    tx,
    graph,
    reworded.map(({ uuid, words }) => ({ uuid, words })),
  );
  await unreadEpisodes(
    tx,
    graph,
    nodes.read.filter((uuid) => !done.has(uuid) && !held.has(uuid)),
  );
  await removeNames(tx, graph, nodes);
  const records = changed.filter(({ place }) => place === "user" || place === "session" || place === "node");
  let recorded = 0;
  for (const mention of records) if (await redactRecord(tx, actor, redaction, mention)) recorded += 1;
  const unchanged = messages.length + data.length - reworded.length + records.length - recorded;
  return { redacted: reworded.length + recorded, deleted: gone.length + stated.length, unchanged };
}

interface Reworded {
  uuid: string;
  words: string;
  isChanged: boolean;
}

async function redactMessages(tx: Tx, actor: Actor, redaction: Redaction, uuids: string[]): Promise<Reworded[]> {
  const messages = await tx.message.findMany({ where: { ...ofProject(actor), uuid: { in: uuids } } });
  const reworded: Reworded[] = [];
  for (const { uuid, content, role, metadata } of messages) {
    const words = redaction.redactText(content);
    const fields = redactFields(redaction, { role, metadata });
    const isChanged = words !== content || fields.isChanged;
    if (isChanged)
      await tx.message.update({
        where: byUuid(actor, uuid),
        data: { content: words, role: fields.role, metadata: fields.metadata, updatedAt: new Date() },
      });
    reworded.push({ uuid, words, isChanged });
  }
  return reworded;
}

async function redactData(tx: Tx, graph: LockedGraph, redaction: Redaction, uuids: string[]): Promise<Reworded[]> {
  const episodes = await tx.episode.findMany({ where: { ...ofGraph(graph), uuid: { in: uuids } } });
  const reworded: Reworded[] = [];
  for (const { uuid, content, source, sourceDescription, metadata, role } of episodes) {
    const words = redaction.redactContent(content ?? "", source === "json");
    const fields = redactFields(redaction, { role, metadata });
    const described = sourceDescription === null ? null : redaction.redactText(sourceDescription);
    const isChanged = words !== content || described !== sourceDescription || fields.isChanged;
    if (isChanged)
      await tx.episode.update({
        where: byUuid(graph, uuid),
        data: { sourceDescription: described, role: fields.role, metadata: fields.metadata },
      });
    reworded.push({ uuid, words, isChanged });
  }
  return reworded;
}

function redactFields(redaction: Redaction, { role, metadata }: { role: string | null; metadata: unknown }) {
  const redacted = {
    role: role === null ? null : redaction.redactText(role),
    metadata: redaction.redactMetadata(metadata),
  };
  const isChanged = redacted.role !== role || !isDeepStrictEqual(redacted.metadata, metadata);
  return { role: redacted.role, metadata: toJsonInput(redacted.metadata), isChanged };
}

/**
 * What an application noted of another or of their conversation, and what people wrote of a node, loses the name and nothing
 * else. @returns whether anything was to be taken out; another's own id or address is theirs.
 */
async function redactRecord(
  tx: Tx,
  actor: Actor,
  redaction: Redaction,
  { place, uuid }: Pick<DecidedMention, "place" | "uuid">,
): Promise<boolean> {
  const where = byUuid(actor, uuid);
  if (place === "node") {
    const node = await tx.node.findUnique({ where, select: { summary: true, summaryStated: true, attributes: true } });
    // Where nothing speaks of it any more it went with what did.
    if (!node) return true;
    const summary = node.summaryStated ? redaction.redactText(node.summary) : node.summary;
    const attributes = redaction.redactMetadata(node.attributes);
    if (summary === node.summary && isDeepStrictEqual(attributes, node.attributes)) return false;
    await tx.node.update({ where, data: { summary, attributes: toJsonInput(attributes) } });
    return true;
  }
  const select = { metadata: true };
  const row =
    place === "user" ? await tx.user.findUnique({ where, select }) : await tx.session.findUnique({ where, select });
  // Somebody has deleted it since it was decided.
  if (!row) return true;
  const metadata = redaction.redactMetadata(row.metadata);
  if (isDeepStrictEqual(metadata, row.metadata)) return false;
  const data = { metadata: toJsonInput(metadata) };
  if (place === "user") await tx.user.update({ where, data });
  else await tx.session.update({ where, data });
  return true;
}
