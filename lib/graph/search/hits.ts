import { BYTES, NUMBER, nullable, type RowReader, type Shape, TEXT } from "#lib/db/rows.ts";
import { inGraph } from "#lib/db/scope.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import type { AskedTerm } from "#lib/graph/search/asked-terms.ts";
import { Prisma } from "#prisma/client/client.ts";

/** The places of a graph's texts that have a lexeme of a term, packed in records of PACKED_BYTES bytes. */
export interface LexemeHits {
  term: string;
  weight: number;
  /** Nothing where no text has it. */
  places: Uint8Array | null;
}

/** A uuid and a number. */
const UUID_BYTES = 16;
const PACKED_BYTES = UUID_BYTES + 4;

const HITS_SHAPE: Shape<LexemeHits> = { term: TEXT, weight: NUMBER, places: nullable(BYTES) };

/**
 * Where turns have the words of a question: the uuid of the conversation, or of what is in none, and twice the place in it, plus
 * one where the turn asks something. A lexeme is looked up by itself, which the index does many times faster than PostgreSQL
 * takes texts apart.
 */
export function findTurnHits(read: RowReader, graph: GraphKey, terms: readonly AskedTerm[]): Promise<LexemeHits[]> {
  return read(HITS_SHAPE)`
    SELECT asked.term, asked.weight, hit.places FROM ${selectLexemes(terms)}, LATERAL (
      SELECT string_agg(uuid_send(coalesce(e.session_uuid, e.uuid)) || int4send(coalesce(e.place, 0) * 2 + e.asks::int), '') AS places
      FROM episodes e WHERE ${inGraph(graph, "e")} AND e.terms @@ ${LEXEME_QUERY}
    ) hit`;
}

/** Which facts have the words of a question: the uuid of each and the number of its words. */
export function findFactHits(read: RowReader, graph: GraphKey, terms: readonly AskedTerm[]): Promise<LexemeHits[]> {
  return read(HITS_SHAPE)`
    SELECT asked.term, asked.weight, hit.places FROM ${selectLexemes(terms)}, LATERAL (
      SELECT string_agg(uuid_send(e.uuid) || int4send(length(e.terms)), '') AS places
      FROM edges e WHERE ${inGraph(graph, "e")} AND e.terms @@ ${LEXEME_QUERY}
    ) hit`;
}

const LEXEME_QUERY = Prisma.sql`('''' || replace(replace(asked.lexeme, '\\', '\\\\'), '''', '''''') || '''')::tsquery`;

function selectLexemes(terms: readonly AskedTerm[]): Prisma.Sql {
  const all = terms.flatMap(({ term, lexemes }) => [...lexemes].map(([lexeme, weight]) => ({ term, lexeme, weight })));
  return Prisma.sql`unnest(${all.map(({ term }) => term)}::text[], ${all.map(({ lexeme }) => lexeme)}::text[],
    ${all.map(({ weight }) => weight)}::float8[]) AS asked (term, lexeme, weight)`;
}

/** Packed places, taken apart: the numbers, and for each the place of its uuid in `uuids`. */
export interface UnpackedHits {
  term: string;
  weight: number;
  count: number;
  uuids: Int32Array;
  numbers: Int32Array;
}

/** Takes packed places apart. Every uuid is listed once, as 32 hexadecimal digits. */
export function unpackHits(hits: readonly LexemeHits[]): { uuids: string[]; hits: UnpackedHits[] } {
  const known = new Map<string, number>();
  const unpacked = hits.map(({ term, weight, places }) => {
    const bytes = Buffer.from(places?.buffer ?? new ArrayBuffer(0), places?.byteOffset, places?.byteLength);
    const count = bytes.length / PACKED_BYTES;
    const [uuids, numbers] = [new Int32Array(count), new Int32Array(count)];
    for (let at = 0; at < count; at++) {
      const start = at * PACKED_BYTES;
      const uuid = bytes.toString("latin1", start, start + UUID_BYTES);
      const index = known.get(uuid) ?? known.size;
      if (index === known.size) known.set(uuid, index);
      uuids[at] = index;
      numbers[at] = bytes.readInt32BE(start + UUID_BYTES);
    }
    return { term, weight, count, uuids, numbers };
  });
  return { uuids: [...known.keys()].map((uuid) => Buffer.from(uuid, "latin1").toString("hex")), hits: unpacked };
}

/** A uuid as the database writes it, from its hexadecimal digits. */
export function formatUuid(digits: string): string {
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}
