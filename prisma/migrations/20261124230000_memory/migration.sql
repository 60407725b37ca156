-- CreateEnum
CREATE TYPE "claim_kind" AS ENUM ('holds', 'ends');

-- CreateEnum
CREATE TYPE "extractor" AS ENUM ('rules', 'model', 'stated');

-- AlterEnum
ALTER TYPE "episode_source" ADD VALUE 'correction';

-- DropForeignKey
ALTER TABLE "edge_episodes" DROP CONSTRAINT "edge_episodes_project_uuid_graph_uuid_edge_uuid_fkey";

-- DropForeignKey
ALTER TABLE "edge_episodes" DROP CONSTRAINT "edge_episodes_project_uuid_graph_uuid_episode_uuid_fkey";

-- AlterTable
ALTER TABLE "edges" ADD COLUMN     "confidence" REAL NOT NULL DEFAULT 1,
ADD COLUMN     "extractor" "extractor" NOT NULL DEFAULT 'stated',
ADD COLUMN     "slot" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "superseded_by" UUID,
ADD COLUMN     "terms" tsvector;

-- AlterTable
ALTER TABLE "episodes" ADD COLUMN     "failed_at" TIMESTAMPTZ(3),
ADD COLUMN     "failure" TEXT,
ADD COLUMN     "terms" tsvector,
ADD COLUMN     "words" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "place" INTEGER,
ADD COLUMN     "role" TEXT,
ADD COLUMN     "role_type" "role_type",
ADD COLUMN     "asks" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "dated" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "graphs" ADD COLUMN     "summary_due_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "nodes" ADD COLUMN     "summary_stated" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "node_names" (
    "project_uuid" UUID NOT NULL,
    "graph_uuid" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "node_uuid" UUID NOT NULL,

    CONSTRAINT "node_names_pkey" PRIMARY KEY ("project_uuid","graph_uuid","key")
);

-- CreateTable
CREATE TABLE "claims" (
    "project_uuid" UUID NOT NULL,
    "graph_uuid" UUID NOT NULL,
    "uuid" UUID NOT NULL,
    "episode_uuid" UUID NOT NULL,
    "ordinal" SMALLINT NOT NULL DEFAULT 0,
    "edge_uuid" UUID,
    "kind" "claim_kind" NOT NULL DEFAULT 'holds',
    "source_uuid" UUID NOT NULL,
    "target_uuid" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "fact" TEXT NOT NULL,
    "single" BOOLEAN NOT NULL DEFAULT false,
    "valid_at" TIMESTAMPTZ(3),
    "invalid_at" TIMESTAMPTZ(3),
    "expired_at" TIMESTAMPTZ(3),
    "said_at" TIMESTAMPTZ(3),
    "confidence" REAL NOT NULL DEFAULT 1,
    "extractor" "extractor" NOT NULL,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "slot" TEXT NOT NULL,
    "identity" UUID NOT NULL,

    CONSTRAINT "claims_pkey" PRIMARY KEY ("project_uuid","graph_uuid","uuid")
);

-- CreateTable
CREATE TABLE "retractions" (
    "project_uuid" UUID NOT NULL,
    "graph_uuid" UUID NOT NULL,
    "episode_uuid" UUID NOT NULL,
    "of_episode" UUID NOT NULL,
    "says" UUID NOT NULL,

    CONSTRAINT "retractions_pkey" PRIMARY KEY ("project_uuid","graph_uuid","of_episode","says","episode_uuid")
);

-- CreateTable
CREATE TABLE "summaries" (
    "project_uuid" UUID NOT NULL,
    "graph_uuid" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "sentences" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "summaries_pkey" PRIMARY KEY ("project_uuid","graph_uuid","version")
);

-- CreateTable
CREATE TABLE "model_calls" (
    "project_uuid" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "model" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "input_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL,
    "duration" REAL NOT NULL,

    CONSTRAINT "model_calls_pkey" PRIMARY KEY ("project_uuid","seq")
);

-- CreateIndex
CREATE INDEX "node_names_project_uuid_graph_uuid_node_uuid_idx" ON "node_names"("project_uuid", "graph_uuid", "node_uuid");

-- CreateIndex
CREATE INDEX "claims_project_uuid_graph_uuid_episode_uuid_idx" ON "claims"("project_uuid", "graph_uuid", "episode_uuid");

-- CreateIndex
CREATE INDEX "claims_project_uuid_graph_uuid_edge_uuid_idx" ON "claims"("project_uuid", "graph_uuid", "edge_uuid");

-- CreateIndex
CREATE INDEX "claims_project_uuid_graph_uuid_slot_idx" ON "claims"("project_uuid", "graph_uuid", "slot");

-- CreateIndex
CREATE INDEX "claims_project_uuid_graph_uuid_source_uuid_idx" ON "claims"("project_uuid", "graph_uuid", "source_uuid");

-- CreateIndex
CREATE INDEX "claims_project_uuid_graph_uuid_target_uuid_idx" ON "claims"("project_uuid", "graph_uuid", "target_uuid");

-- CreateIndex
CREATE INDEX "retractions_project_uuid_graph_uuid_episode_uuid_idx" ON "retractions"("project_uuid", "graph_uuid", "episode_uuid");

-- CreateIndex
CREATE INDEX "model_calls_project_uuid_at_idx" ON "model_calls"("project_uuid", "at");

-- CreateIndex
CREATE INDEX "edges_project_uuid_graph_uuid_slot_idx" ON "edges"("project_uuid", "graph_uuid", "slot");

-- CreateIndex
CREATE INDEX "graphs_summary_due_at_idx" ON "graphs"("summary_due_at");

-- AddForeignKey
ALTER TABLE "node_names" ADD CONSTRAINT "node_names_project_uuid_graph_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid") REFERENCES "graphs"("project_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "node_names" ADD CONSTRAINT "node_names_project_uuid_graph_uuid_node_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "node_uuid") REFERENCES "nodes"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claims" ADD CONSTRAINT "claims_project_uuid_graph_uuid_episode_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "episode_uuid") REFERENCES "episodes"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claims" ADD CONSTRAINT "claims_project_uuid_graph_uuid_source_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "source_uuid") REFERENCES "nodes"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claims" ADD CONSTRAINT "claims_project_uuid_graph_uuid_target_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "target_uuid") REFERENCES "nodes"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retractions" ADD CONSTRAINT "retractions_project_uuid_graph_uuid_episode_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "episode_uuid") REFERENCES "episodes"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retractions" ADD CONSTRAINT "retractions_project_uuid_graph_uuid_of_episode_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "of_episode") REFERENCES "episodes"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "summaries" ADD CONSTRAINT "summaries_project_uuid_graph_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid") REFERENCES "graphs"("project_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_calls" ADD CONSTRAINT "model_calls_project_uuid_fkey" FOREIGN KEY ("project_uuid") REFERENCES "projects"("uuid") ON DELETE CASCADE ON UPDATE CASCADE;


-- What a claim competes with, and what it says.
CREATE FUNCTION lethe_slot(source uuid, name text, target uuid, single boolean) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT source || ' ' || regexp_replace(name, '^NOT_', '') || CASE WHEN single THEN '' ELSE ' ' || target END $$;

CREATE FUNCTION lethe_identity(source uuid, name text, target uuid, fact text) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT md5(source || ' ' || name || ' ' || target || ' ' || public.lethe_fold(fact))::uuid $$;

CREATE FUNCTION lethe_says(name text, fact text) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT md5(name || ' ' || public.lethe_fold(fact))::uuid $$;

-- What was stated so far stays as it was stated: each fact takes claims of its own.
ALTER TABLE edges ALTER COLUMN slot DROP DEFAULT;
UPDATE edges SET slot = lethe_slot(source_uuid, name, target_uuid, FALSE);
INSERT INTO claims (project_uuid, graph_uuid, uuid, episode_uuid, edge_uuid, source_uuid, target_uuid, name, fact,
  valid_at, invalid_at, expired_at, extractor, attributes, slot, identity)
SELECT e.project_uuid, e.graph_uuid, lethe_seeded_uuid(l.episode_uuid::text || e.uuid), l.episode_uuid, e.uuid,
  e.source_uuid, e.target_uuid, e.name, e.fact, e.valid_at, e.invalid_at, e.expired_at, 'stated', e.attributes,
  e.slot, lethe_identity(e.source_uuid, e.name, e.target_uuid, e.fact)
FROM edges e JOIN edge_episodes l ON l.project_uuid = e.project_uuid AND l.graph_uuid = e.graph_uuid AND l.edge_uuid = e.uuid;
DROP TABLE edge_episodes;

UPDATE nodes SET summary_stated = TRUE WHERE summary <> '';
INSERT INTO node_names (project_uuid, graph_uuid, key, node_uuid)
SELECT DISTINCT ON (project_uuid, graph_uuid, lethe_key(name)) project_uuid, graph_uuid, lethe_key(name), uuid
FROM nodes WHERE uuid <> graph_uuid ORDER BY project_uuid, graph_uuid, lethe_key(name), created_at, uuid;
DROP INDEX nodes_name_key;

-- What was said so far waits to be understood.
UPDATE episodes SET processed_at = NULL WHERE source <> 'fact_triple';

-- How many words a text is found by, and whether it names a time.
CREATE FUNCTION lethe_words(terms tsvector) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT coalesce(sum(cardinality(positions)), 0)::int FROM unnest(terms) $$;

CREATE FUNCTION lethe_names_time(value text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT value ~* '\m(yesterday|today|tonight|tomorrow|last|ago|next|week|weekend|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december|(19|20)\d\d|recently|since|this morning)\M' $$;

CREATE FUNCTION lethe_stem(word text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT (ts_lexize('pg_catalog.english_stem', word))[1] $$;

UPDATE episodes SET terms = lethe_terms(content), dated = lethe_names_time(content) WHERE content IS NOT NULL;
UPDATE episodes e SET terms = lethe_terms(m.content), place = m.position, asks = position('?' IN m.content) > 0, dated = lethe_names_time(m.content)
FROM messages m WHERE m.project_uuid = e.project_uuid AND m.uuid = e.message_uuid;
UPDATE episodes SET words = lethe_words(terms);
UPDATE edges SET terms = lethe_terms(name || ' ' || fact);
DROP INDEX episodes_terms, edges_terms;
CREATE INDEX episodes_terms ON episodes USING gin (graph_uuid, terms) WHERE terms IS NOT NULL;
CREATE INDEX edges_terms ON edges USING gin (graph_uuid, terms) WHERE terms IS NOT NULL;
CREATE INDEX episodes_places ON episodes (project_uuid, session_uuid, place) INCLUDE (words) WHERE place IS NOT NULL;
CREATE INDEX episodes_waiting ON episodes (project_uuid, graph_uuid, seq) WHERE processed_at IS NULL AND failed_at IS NULL;
