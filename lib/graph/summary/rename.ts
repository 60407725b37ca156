import type { Tx } from "#lib/db/client.ts";
import { toJsonInput } from "#lib/db/json.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { inGraph, ofGraph, ofProject } from "#lib/db/scope.ts";
import { type LockedGraph, lockGraph } from "#lib/graph/lock.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { refreshSummary } from "#lib/graph/summary/refresh.ts";
import { sentencesSchema } from "#lib/graph/summary/schema.ts";

/** Tells the summaries of a person who got another name, and of all that is known of them, with the name they have now. */
export async function refreshAfterUserRename(tx: Tx, person: GraphKey, formerName: string): Promise<void> {
  const graph = await lockGraph(tx, person);
  await refreshAfterRename(tx, graph, graph.uuid, formerName);
}

/** The same for any node. Known facts are told with present names by the database itself (the trigger `nodes_renamed`). */
export async function refreshAfterRename(tx: Tx, graph: LockedGraph, node: string, formerName: string): Promise<void> {
  const near = await readRowsIn(tx, { uuid: TEXT })`
    SELECT DISTINCT ends.uuid FROM edges e, LATERAL (VALUES (e.source_uuid), (e.target_uuid)) AS ends (uuid)
    WHERE ${inGraph(graph, "e")} AND (${node}::uuid IN (e.source_uuid, e.target_uuid) OR ${node}::uuid = ${graph.uuid}::uuid)`;
  await replaceFormerName(tx, graph, node, formerName);
  await refreshSummary(tx, graph, { nodes: new Set([node, ...near.map(({ uuid }) => uuid)]), gone: [] });
}

/** Earlier versions of the summary are about the same person: they say so under the name that the person has now. */
async function replaceFormerName(tx: Tx, graph: LockedGraph, node: string, formerName: string): Promise<void> {
  const found = await tx.node.findFirst({ where: { ...ofGraph(graph), uuid: node }, select: { name: true } });
  if (!found || node !== graph.centre || formerName === "") return;
  for (const { version, sentences } of await tx.summary.findMany({ where: ofGraph(graph) })) {
    const told = sentencesSchema.parse(sentences);
    const renamed = told.map(({ heading, text, facts }) => ({
      text: text.replaceAll(formerName, () => found.name),
      facts,
      heading,
    }));
    const where = { projectUuid_graphUuid_version: { ...ofProject(graph), graphUuid: graph.uuid, version } };
    if (JSON.stringify(renamed) !== JSON.stringify(told))
      await tx.summary.update({ where, data: { sentences: toJsonInput(renamed) } });
  }
}
