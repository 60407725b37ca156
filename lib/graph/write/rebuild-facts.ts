import { isDeepStrictEqual } from "node:util";
import type { Tx } from "#lib/db/client.ts";
import {
  BIGINT,
  BOOLEAN,
  JSON_VALUE,
  METADATA,
  NUMBER,
  nullable,
  oneOf,
  readRowsIn,
  type Shape,
  TEXT,
  TIME,
} from "#lib/db/rows.ts";
import { inGraph, ofGraph, sameGraph } from "#lib/db/scope.ts";
import type { GraphKey, RebuildResult } from "#lib/graph/schema.ts";
import { EXTRACTORS } from "#lib/graph/terms.ts";
import { CLAIM_COUNTS } from "#lib/graph/write/claims.ts";
import type { Claim } from "#lib/graph/write/fact-draft.ts";
import { startReweaving } from "#lib/graph/write/reweaving.ts";
import { type Woven, weave } from "#lib/graph/write/weave.ts";
import { renderTemplate } from "#lib/relations.ts";
import { ClaimKind } from "#prisma/client/enums.ts";

/**
 * Rebuilds the facts of these slots from their claims. Everything that adds or removes claims ends with this call, in the
 * same transaction. A fact keeps its uuid as long as one of its claims exists.
 */
export async function rebuildFacts(tx: Tx, graph: GraphKey, slots: string[]): Promise<RebuildResult> {
  if (slots.length === 0) return { nodes: new Set(), gone: [] };
  const before = new Map((await listFactsInSlots(tx, graph, slots)).map((fact) => [fact.uuid, fact]));
  const claims = await listClaimsInSlots(tx, graph, slots);
  const now = new Date();
  const taken = await findTakenUuids(tx, graph, slots, claims);
  const names = await listNodeNames(tx, graph, claims);
  const after = [...Map.groupBy(claims, ({ slot }) => slot)].flatMap(([slot, together]) =>
    weave(together, taken).map(({ claims: inside, saidAt, ...fact }) => ({
      inside,
      stored: {
        ...fact,
        ...tellFact(fact, names),
        slot,
        expiredAt: fact.expiredAt ?? getExpiry(fact, before.get(fact.uuid), now),
      },
      createdAt: fact.extractor === "stated" ? saidAt : now,
    })),
  );
  const changed = after.filter(({ stored }) => !isDeepStrictEqual(before.get(stored.uuid), stored));
  const kept = new Set(after.map(({ stored }) => stored.uuid));
  const gone = [...before.keys()].filter((uuid) => !kept.has(uuid));
  await writeFacts(
    tx,
    graph,
    changed.map(({ stored, createdAt }) => ({ ...stored, createdAt })),
  );
  const places = after.flatMap(({ inside, stored }) => inside.map((claim) => ({ claim, fact: stored.uuid })));
  await tagClaims(tx, graph, claims, places);
  const place = ofGraph(graph);
  if (gone.length > 0) {
    await startReweaving(tx);
    await tx.edge.deleteMany({ where: { ...place, uuid: { in: gone } } });
  }
  const touched = [...after.map(({ stored }) => stored), ...gone.flatMap((uuid) => before.get(uuid) ?? [])];
  return {
    nodes: new Set(touched.flatMap((fact) => [fact.sourceUuid, fact.targetUuid])),
    gone,
    touched: [...new Set([...before.keys(), ...kept])],
  };
}

type ToldFact = Omit<Woven, "claims" | "saidAt">;
type StoredFact = ToldFact & { slot: string; template: string | null };

/** The present names of the nodes that claims are about. */
async function listNodeNames(tx: Tx, graph: GraphKey, claims: readonly Claim[]): Promise<Map<string, string>> {
  const uuids = [...new Set(claims.flatMap(({ sourceUuid, targetUuid }) => [sourceUuid, targetUuid]))];
  const nodes = await tx.node.findMany({
    where: { ...ofGraph(graph), uuid: { in: uuids } },
    select: { uuid: true, name: true },
  });
  return new Map(nodes.map(({ uuid, name }) => [uuid, name]));
}

/** The sentence of a fact: as it was stated, or of its template with the present names of its nodes. */
function tellFact({ fact, sourceUuid, targetUuid }: ToldFact, names: Map<string, string>) {
  if (!fact.includes("{subject}")) return { fact, template: null };
  return { fact: renderTemplate(fact, names.get(sourceUuid) ?? "", names.get(targetUuid) ?? ""), template: fact };
}

/**
 * Sets `expired_at` when a fact gets an end that is past, as Graphiti does, and clears it when the end is removed. What is to
 * end later still holds.
 */
function getExpiry({ invalidAt }: ToldFact, known: StoredFact | undefined, now: Date): Date | null {
  return invalidAt && invalidAt <= now ? (known?.expiredAt ?? now) : null;
}

const STORED_FACT_SHAPE: Shape<StoredFact> = {
  uuid: TEXT,
  name: TEXT,
  sourceUuid: TEXT,
  targetUuid: TEXT,
  fact: TEXT,
  validAt: nullable(TIME),
  invalidAt: nullable(TIME),
  expiredAt: nullable(TIME),
  confidence: NUMBER,
  extractor: oneOf(EXTRACTORS),
  attributes: METADATA,
  supersededBy: nullable(TEXT),
  slot: TEXT,
  template: nullable(TEXT),
};

function listFactsInSlots(tx: Tx, graph: GraphKey, slots: string[]): Promise<StoredFact[]> {
  return readRowsIn(tx, STORED_FACT_SHAPE)`
    SELECT uuid, slot, source_uuid AS "sourceUuid", target_uuid AS "targetUuid", name, fact, valid_at AS "validAt",
      invalid_at AS "invalidAt", expired_at AS "expiredAt", confidence, extractor::text, attributes, template,
      superseded_by AS "supersededBy"
    FROM edges WHERE ${inGraph(graph)} AND slot = ANY(${slots})`;
}

const CLAIM_SHAPE: Shape<Claim & { slot: string }> = {
  uuid: TEXT,
  ordinal: NUMBER,
  edgeUuid: nullable(TEXT),
  kind: oneOf(Object.values(ClaimKind)),
  identity: TEXT,
  sourceUuid: TEXT,
  targetUuid: TEXT,
  name: TEXT,
  fact: TEXT,
  single: BOOLEAN,
  validAt: nullable(TIME),
  invalidAt: nullable(TIME),
  expiredAt: nullable(TIME),
  confidence: NUMBER,
  extractor: oneOf(EXTRACTORS),
  attributes: JSON_VALUE,
  saidAt: TIME,
  seq: BIGINT,
  slot: TEXT,
};

function listClaimsInSlots(tx: Tx, graph: GraphKey, slots: string[]): Promise<(Claim & { slot: string })[]> {
  return readRowsIn(tx, CLAIM_SHAPE)`
    SELECT c.uuid, c.ordinal, c.edge_uuid AS "edgeUuid", c.kind::text, c.identity, c.slot, c.source_uuid AS "sourceUuid",
      c.target_uuid AS "targetUuid", c.name, c.fact, c.single, c.valid_at AS "validAt", c.invalid_at AS "invalidAt",
      c.expired_at AS "expiredAt", c.confidence, c.extractor::text, c.attributes, coalesce(c.said_at, e.created_at) AS "saidAt", e.seq
    FROM claims c JOIN episodes e ON ${sameGraph("e", "c")} AND e.uuid = c.episode_uuid
    WHERE ${inGraph(graph, "c")} AND c.slot = ANY(${slots})
      AND ${CLAIM_COUNTS}`;
}

/**
 * Finds uuids that these claims carry but facts of other slots use now: a claim may have left a fact that another slot took
 * over.
 */
async function findTakenUuids(tx: Tx, graph: GraphKey, slots: string[], claims: Claim[]): Promise<Set<string>> {
  const known = [...new Set(claims.flatMap(({ edgeUuid }) => edgeUuid ?? []))];
  const found = await readRowsIn(tx, { uuid: TEXT })`
    SELECT uuid FROM edges WHERE ${inGraph(graph)}
      AND uuid = ANY(${known}::uuid[]) AND slot <> ALL(${slots})`;
  return new Set(found.map((edge) => edge.uuid));
}

async function writeFacts(
  tx: Tx,
  { projectUuid, uuid }: GraphKey,
  facts: (StoredFact & { createdAt: Date })[],
): Promise<void> {
  if (facts.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO edges (project_uuid, graph_uuid, uuid, slot, source_uuid, target_uuid, name, fact, template, valid_at, invalid_at, expired_at,
      confidence, extractor, attributes, superseded_by, created_at, terms)
    SELECT ${projectUuid}::uuid, ${uuid}::uuid, uuid, slot, "sourceUuid", "targetUuid", name, fact, template, "validAt", "invalidAt",
      "expiredAt", confidence, extractor, attributes, "supersededBy", "createdAt",
      lethe_terms(name || ' ' || fact)
    FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) AS f (uuid uuid, slot text, "sourceUuid" uuid, "targetUuid" uuid,
      name text, fact text, template text, "validAt" timestamptz, "invalidAt" timestamptz, "expiredAt" timestamptz, confidence real,
      extractor extractor, attributes jsonb, "supersededBy" uuid, "createdAt" timestamptz)
    ON CONFLICT (project_uuid, graph_uuid, uuid) DO UPDATE SET slot = excluded.slot, source_uuid = excluded.source_uuid,
      target_uuid = excluded.target_uuid, name = excluded.name, fact = excluded.fact, template = excluded.template, valid_at = excluded.valid_at,
      invalid_at = excluded.invalid_at, expired_at = excluded.expired_at, confidence = excluded.confidence,
      extractor = excluded.extractor, attributes = excluded.attributes, superseded_by = excluded.superseded_by,
      terms = excluded.terms`;
}

/** Notes on each claim which fact it went into, so that the fact keeps its uuid and its provenance can be told. */
async function tagClaims(
  tx: Tx,
  graph: GraphKey,
  claims: Claim[],
  places: { claim: string; fact: string }[],
): Promise<void> {
  const known = new Map(claims.map((claim) => [claim.uuid, claim.edgeUuid]));
  const moved = places.filter(({ claim, fact }) => known.get(claim) !== fact);
  if (moved.length === 0) return;
  await tx.$executeRaw`
    UPDATE claims SET edge_uuid = moved.fact
    FROM unnest(${moved.map(({ claim }) => claim)}::uuid[], ${moved.map(({ fact }) => fact)}::uuid[]) AS moved (claim, fact)
    WHERE ${inGraph(graph)} AND uuid = moved.claim`;
}
