import type { z } from "zod";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction } from "#lib/db/client.ts";
import { toOptionalJsonInput } from "#lib/db/json.ts";
import { byUuid } from "#lib/db/scope.ts";
import { getWrittenRow } from "#lib/graph/edit/checks.ts";
import { invalidateFact, refuteFact, undoEdit } from "#lib/graph/edit/correct.ts";
import { mergeNodeIntoNamed } from "#lib/graph/edit/merge.ts";
import { restateFact } from "#lib/graph/edit/restate.ts";
import type {
  correctFactSchema,
  endFactSchema,
  factSchema,
  mergeNodeSchema,
  undoEditSchema,
} from "#lib/graph/edit/schema.ts";
import { lockGraphOf, lockHolder } from "#lib/graph/lock.ts";
import { recordGraphEvent } from "#lib/graph/note.ts";
import { listEpisodesWhere, listNodesWhere } from "#lib/graph/readers.ts";
import type { EpisodeRow, GraphOwner, NewEpisode, NodePatch, NodeRow } from "#lib/graph/schema.ts";
import { refreshAfterRename } from "#lib/graph/summary/rename.ts";
import { appendEpisodes } from "#lib/graph/write/episodes.ts";
import { completeLabels } from "#lib/graph/write/labels.ts";
import { addName } from "#lib/graph/write/names.ts";
import { type Metadata, mergeMetadata } from "#lib/validation.ts";
import { Prisma } from "#prisma/client/client.ts";

/** Adds data to a person's or a group's graph, in the order given. A repeat adds nothing. @throws AppError `not_found`. */
export async function addEpisodes(actor: Actor, owner: GraphOwner, episodes: NewEpisode[]): Promise<EpisodeRow[]> {
  authorize(actor, "graph:write");
  await runInTransaction(async (tx) => {
    const graph = await lockGraphOf(tx, actor.projectUuid, owner);
    await appendEpisodes(tx, graph, episodes);
    await recordGraphEvent(tx, actor, graph, "episodes.added", { episodes: episodes.length });
  });
  const uuids = episodes.map(({ uuid }) => uuid);
  const stored = await listEpisodesWhere(actor, [Prisma.sql`e.uuid = ANY(${uuids}::uuid[])`]);
  return stored.sort((a, b) => uuids.indexOf(a.uuid) - uuids.indexOf(b.uuid));
}

/** Sets an episode's metadata, merged into what it has. @throws AppError `not_found`. */
export async function updateEpisodeMetadata(actor: Actor, uuid: string, metadata: Metadata): Promise<EpisodeRow> {
  authorize(actor, "graph:write");
  authorize(actor, "graph:read");
  await runInTransaction(async (tx) => {
    const where = byUuid(actor, uuid);
    const { graph, row } = await lockHolder(tx, actor.projectUuid, "episode", () => tx.episode.findUnique({ where }));
    await tx.episode.update({ where, data: { metadata: toOptionalJsonInput(mergeMetadata(row.metadata, metadata)) } });
    await recordGraphEvent(tx, actor, graph, "episode.updated", { fields: ["metadata"] });
  });
  return getWrittenRow(await listEpisodesWhere(actor, [Prisma.sql`e.uuid = ${uuid}::uuid`]));
}

/** Changes what the patch names; attributes are merged. @throws AppError `not_found`. */
export async function updateNodeFields(actor: Actor, uuid: string, patch: NodePatch): Promise<NodeRow> {
  authorize(actor, "graph:write");
  authorize(actor, "graph:read");
  await runInTransaction(async (tx) => {
    const where = byUuid(actor, uuid);
    const { graph, row } = await lockHolder(tx, actor.projectUuid, "node", () => tx.node.findUnique({ where }));
    const attributes = patch.attributes && mergeMetadata(row.attributes, patch.attributes);
    const labels = patch.labels && completeLabels(graph, uuid, patch.labels);
    const summaryStated = patch.summary === undefined ? undefined : true;
    await tx.node.update({
      where,
      data: { ...patch, summaryStated, labels, attributes: toOptionalJsonInput(attributes) },
    });
    if (patch.name) {
      await addName(tx, graph, uuid, patch.name);
      await refreshAfterRename(tx, graph, uuid, row.name);
    }
    await recordGraphEvent(tx, actor, graph, "node.updated", { fields: Object.keys(patch) });
  });
  return getWrittenRow(await listNodesWhere(actor, [Prisma.sql`n.uuid = ${uuid}::uuid`]));
}

/** An edit by hand, by which it can be taken back. */
export interface Edit {
  edit: string;
}

/** Puts a fact right: what it was drawn from counts no more. @throws AppError `not_found`, `invalid`. */
export async function correctFact(
  actor: Actor,
  { uuid, fact, since }: z.infer<typeof correctFactSchema>,
): Promise<Edit> {
  return { edit: await restateFact(actor, uuid, fact, since ? new Date(`${since}T00:00:00Z`) : null) };
}

/** Ends a fact on a day. @throws AppError `not_found`; `invalid` for a day before it began. */
export async function endFact(actor: Actor, { uuid, at }: z.infer<typeof endFactSchema>): Promise<Edit> {
  return { edit: await invalidateFact(actor, uuid, new Date(`${at}T00:00:00Z`)) };
}

/** Says that a fact was never so. @throws AppError `not_found`. */
export async function refuteFactByHand(actor: Actor, { uuid }: z.infer<typeof factSchema>): Promise<Edit> {
  return { edit: await refuteFact(actor, uuid) };
}

/** Takes an edit by hand back. @throws AppError `not_found`, `invalid`. */
export async function undoEditByHand(actor: Actor, { edit }: z.infer<typeof undoEditSchema>): Promise<void> {
  await undoEdit(actor, edit);
}

/** Makes a node one with the node of this name in the same graph. @throws AppError `not_found`; `invalid` where none is called that. */
export async function mergeNodeByName(actor: Actor, { gone, name }: z.infer<typeof mergeNodeSchema>): Promise<Edit> {
  return { edit: await mergeNodeIntoNamed(actor, gone, name) };
}
