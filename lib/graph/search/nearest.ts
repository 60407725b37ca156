import { NUMBER, readRows, TEXT } from "#lib/db/rows.ts";
import { inGraph, sameProject } from "#lib/db/scope.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import { Prisma } from "#prisma/client/client.ts";

/** Fewer finds than an application may ask for are filled up with the nearest. */
const ENOUGH = 50;
/** Of the newest so many the most alike in letters are the nearest. */
const LOOKED_AT = 500;
/** The most that likeness in letters scores: less than any word. */
export const MOST_BY_LETTERS = 0.01;

const TEXTS = {
  fact: Prisma.sql`SELECT uuid, fact AS text FROM edges`,
  node: Prisma.sql`SELECT uuid, name AS text FROM nodes`,
  turn: Prisma.sql`SELECT uuid, text FROM (SELECT e.*, left(coalesce(e.content, m.content), 2000) AS text FROM episodes e
    LEFT JOIN messages m ON ${sameProject("m", "e")} AND m.uuid = e.message_uuid) episodes`,
};

/**
 * Adds to what was found, where that is little, the nearest of a graph's newest by the likeness of letters (trigrams), so that
 * a question always has an answer and a misspelt word is found. The scores are below all others.
 */
export async function addNearest(
  graph: GraphKey,
  kind: keyof typeof TEXTS,
  query: string,
  found: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  if (found.size >= ENOUGH) return new Map(found);
  const nearest = await readRows({ uuid: TEXT, likeness: NUMBER })`
    SELECT uuid, word_similarity(${query.slice(0, LOOKED_AT)}, text)::float8 AS likeness
    FROM (${TEXTS[kind]} WHERE ${inGraph(graph)} ORDER BY created_at DESC LIMIT ${LOOKED_AT}) newest
    ORDER BY likeness DESC LIMIT ${ENOUGH}`;
  return new Map([
    ...nearest.map(({ uuid, likeness }): [string, number] => [uuid, MOST_BY_LETTERS * likeness]),
    ...found,
  ]);
}
