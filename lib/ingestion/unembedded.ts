import { BOOLEAN, oneOf, type RowOf, readRows, TEXT } from "#lib/db/rows.ts";
import { inGraph, inGraphOf, sameProject } from "#lib/db/scope.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { Prisma } from "#prisma/client/client.ts";
import { EmbeddedKind } from "#prisma/client/enums.ts";

const UNEMBEDDED_SHAPE = { kind: oneOf(Object.values(EmbeddedKind)), uuid: TEXT };

const TEXT_SHAPE = { ...UNEMBEDDED_SHAPE, text: TEXT };

/** Words of a graph that are to be found by what they mean. */
export type Text = RowOf<typeof TEXT_SHAPE>;

/** Keeps the table that bears an alias to one graph. */
type Own = (alias: string) => Prisma.Sql;

/** Characters of a text that a model is shown: about what the larger models take. */
const LONGEST = Prisma.sql`8000`;

/**
 * `(kind, uuid, text, digest)`: everything in a graph that has words of its own. What stands in for an edit by hand says
 * nothing. `own` keeps an alias to the graph, which may be one that a query is at. @param uuids only these.
 */
export function selectTexts(own: Own, uuids: string[] | null = null): Prisma.Sql {
  const among = uuids ? Prisma.sql`AND uuid = ANY(${uuids}::uuid[])` : Prisma.empty;
  return Prisma.sql`(
    SELECT kind, uuid, text, md5(text)::uuid AS digest FROM (
      SELECT 'edge'::embedded_kind AS kind, x.uuid, left(x.fact, ${LONGEST}) AS text FROM edges x WHERE ${own("x")}
      UNION ALL
      SELECT 'node', n.uuid, left(btrim(n.name || '. ' || n.summary), ${LONGEST}) FROM nodes n WHERE ${own("n")}
      UNION ALL
      SELECT 'episode', p.uuid, left(coalesce(p.content, m.content), ${LONGEST}) FROM episodes p
        LEFT JOIN messages m ON ${sameProject("m", "p")} AND m.uuid = p.message_uuid
      WHERE ${own("p")} AND p.source <> 'correction'
    ) worded WHERE text ~ '\\S' ${among})`;
}

/**
 * Selects `kind, uuid` of texts without a vector of this model, or with a vector of an older text. A set difference (EXCEPT)
 * is fast whatever the planner estimates; joins are slow while the table is being filled, because its statistics are wrong
 * then.
 */
function selectUnembedded(own: Own, model: string): Prisma.Sql {
  return Prisma.sql`SELECT kind, uuid, digest FROM ${selectTexts(own)} t
    EXCEPT SELECT kind, uuid, digest FROM embeddings v
    WHERE ${own("v")} AND v.model = ${model}`;
}

/** Some of a graph's texts that this model has not read as they are now. */
export async function listUnembedded(key: GraphKey, model: string, limit: number): Promise<Text[]> {
  const restrictToGraph = (alias: string) => inGraph(key, alias);
  const missing = await readRows(UNEMBEDDED_SHAPE)`
    SELECT kind::text, uuid FROM (${selectUnembedded(restrictToGraph, model)}) missing LIMIT ${limit}`;
  if (missing.length === 0) return [];
  const uuids = missing.map(({ uuid }) => uuid);
  const wanted = new Set(missing.map(({ kind, uuid }) => `${kind} ${uuid}`));
  const texts = await readRows(TEXT_SHAPE)`
    SELECT kind::text, uuid, text FROM ${selectTexts(restrictToGraph, uuids)} t`;
  return texts.filter(({ kind, uuid }) => wanted.has(`${kind} ${uuid}`));
}

/**
 * Looks through the next graphs of all projects, in one order, for some that have texts without a vector of this model.
 * @returns those, and the last graph looked at; null when there is none beyond.
 */
export async function listUnembeddedGraphs(
  model: string,
  after: GraphKey,
  limit: number,
): Promise<{ graphs: GraphKey[]; last: GraphKey | null }> {
  const looked = await readRows({ projectUuid: TEXT, uuid: TEXT, waits: BOOLEAN })`
    SELECT g.project_uuid AS "projectUuid", g.uuid,
      EXISTS (${selectUnembedded((alias) => inGraphOf(alias, "g"), model)}) AS waits
    FROM graphs g WHERE (g.project_uuid, g.uuid) > (${after.projectUuid}::uuid, ${after.uuid}::uuid)
    ORDER BY g.project_uuid, g.uuid LIMIT ${limit}`;
  const graphs = looked.filter(({ waits }) => waits).map(({ projectUuid, uuid }) => ({ projectUuid, uuid }));
  return { graphs, last: looked.length < limit ? null : (looked.at(-1) ?? null) };
}
