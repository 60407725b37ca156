import type { Tx } from "#lib/db/client.ts";
import { readRowsIn, TEXT } from "#lib/db/rows.ts";
import { byUuid, inGraph, ofGraph } from "#lib/db/scope.ts";
import type { LockedGraph } from "#lib/graph/lock.ts";
import { completeLabels } from "#lib/graph/write/labels.ts";
import { addName } from "#lib/graph/write/names.ts";
import { deriveUuidFromText } from "#lib/uuid.ts";

/** Somebody who is known by what they are to somebody: "their brother", and by name where it was said. */
export interface Referent {
  name: string;
  labels: string[];
  /** "their brother Tom" and "their brother", or the latter alone of whom no name is known. */
  aliases: string[];
}

/**
 * Finds the node of somebody by role, or makes it. Two people of one first name and different roles stay two; one whose name
 * is learned later becomes that node; a role that several hold means nobody in particular.
 * @returns the node's uuid.
 */
export async function findOrMakeReferent(tx: Tx, graph: LockedGraph, referent: Referent): Promise<string> {
  const { name, aliases } = referent;
  const role = aliases.at(-1) ?? name;
  const exact = aliases.length > 1 ? aliases[0] : undefined;
  const known = await findByKeys(tx, graph, [name, ...aliases]);
  const node =
    exact === undefined ? known.get(role) : (known.get(exact) ?? (await findNamed(tx, graph, referent, known, role)));
  const uuid = node ?? (await makeNode(tx, graph, referent, known.has(name) ? (exact ?? role) : name));
  await addLabels(tx, graph, uuid, referent.labels);
  if (exact === undefined) await addName(tx, graph, uuid, role);
  else {
    await addName(tx, graph, uuid, exact);
    await giveRole(tx, graph, uuid, role);
  }
  return uuid;
}

/** The nodes that are found by these names. */
async function findByKeys(tx: Tx, graph: LockedGraph, names: string[]): Promise<Map<string, string>> {
  const found = await readRowsIn(tx, { name: TEXT, uuid: TEXT })`
    SELECT given.name, n.node_uuid AS uuid FROM unnest(${names}::text[]) AS given (name)
    JOIN node_names n ON ${inGraph(graph, "n")} AND n.key = lethe_key(given.name)`;
  return new Map(found.map(({ name, uuid }) => [name, uuid]));
}

/** The one who had the role without a name gets it; else whoever bears the name and has no other role. */
async function findNamed(
  tx: Tx,
  graph: LockedGraph,
  { name }: Referent,
  known: Map<string, string>,
  role: string,
): Promise<string | undefined> {
  const [holder, namesake] = [known.get(role), known.get(name)];
  if (holder !== undefined && (await isUnnamed(tx, graph, holder, role))) {
    await tx.node.update({ where: byUuid(graph, holder), data: { name } });
    if (namesake === undefined) await addName(tx, graph, holder, name);
    return holder;
  }
  return namesake !== undefined && !(await hasRole(tx, graph, namesake)) ? namesake : undefined;
}

/** Whether nobody has said the name of who holds a role. */
async function isUnnamed(tx: Tx, graph: LockedGraph, uuid: string, role: string): Promise<boolean> {
  const named = await readRowsIn(tx, { key: TEXT })`
    SELECT key FROM node_names WHERE ${inGraph(graph)} AND node_uuid = ${uuid}::uuid AND starts_with(key, lethe_key(${role}) || ' ')`;
  return named.length === 0;
}

async function hasRole(tx: Tx, graph: LockedGraph, uuid: string): Promise<boolean> {
  const roles = await readRowsIn(tx, { key: TEXT })`
    SELECT key FROM node_names WHERE ${inGraph(graph)} AND node_uuid = ${uuid}::uuid AND starts_with(key, 'their ') LIMIT 1`;
  return roles.length > 0;
}

/** Makes "their brother" mean this node, unless another brother is known by name: then it means nobody in particular. */
async function giveRole(tx: Tx, graph: LockedGraph, uuid: string, role: string): Promise<void> {
  const others = await readRowsIn(tx, { key: TEXT })`
    SELECT key FROM node_names WHERE ${inGraph(graph)} AND node_uuid <> ${uuid}::uuid
      AND (key = lethe_key(${role}) OR starts_with(key, lethe_key(${role}) || ' '))`;
  if (others.length === 0) await addName(tx, graph, uuid, role);
  else await tx.$executeRaw`DELETE FROM node_names WHERE ${inGraph(graph)} AND key = lethe_key(${role})`;
}

async function makeNode(tx: Tx, graph: LockedGraph, { name }: Referent, key: string): Promise<string> {
  const [folded] = await readRowsIn(tx, { key: TEXT })`SELECT lethe_key(${key}) AS key`;
  const uuid = deriveUuidFromText(`${graph.uuid} ${folded?.key ?? key}`);
  await tx.node.createMany({ skipDuplicates: true, data: [{ ...ofGraph(graph), uuid, name, labels: ["Entity"] }] });
  await addName(tx, graph, uuid, key);
  return uuid;
}

async function addLabels(tx: Tx, graph: LockedGraph, uuid: string, labels: string[]): Promise<void> {
  const where = byUuid(graph, uuid);
  const node = await tx.node.findUnique({ where, select: { labels: true } });
  const all = completeLabels(graph, uuid, [...(node?.labels ?? []), ...labels]);
  if (node && all.length > node.labels.length) await tx.node.update({ where, data: { labels: all } });
}
