-- CreateEnum
CREATE TYPE "episode_source" AS ENUM ('text', 'json', 'message', 'fact_triple');

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "fact_rating_instruction" JSONB;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "disable_default_ontology" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "fact_rating_instruction" JSONB,
ADD COLUMN     "time_zone" TEXT;

-- CreateTable
CREATE TABLE "api_requests" (
    "project_uuid" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "method" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "status" SMALLINT NOT NULL,
    "duration" REAL NOT NULL,
    "api_key_uuid" UUID NOT NULL,

    CONSTRAINT "api_requests_pkey" PRIMARY KEY ("project_uuid","seq")
);

-- CreateTable
CREATE TABLE "lost_answers" (
    "project_uuid" UUID NOT NULL,
    "digest" BYTEA NOT NULL,
    "seed" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lost_answers_pkey" PRIMARY KEY ("project_uuid","digest")
);

-- CreateTable
CREATE TABLE "graphs" (
    "project_uuid" UUID NOT NULL,
    "uuid" UUID NOT NULL,
    "user_uuid" UUID,
    "group_id" TEXT,
    "name" TEXT,
    "description" TEXT,
    "fact_rating_instruction" JSONB,
    "time_zone" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "graphs_pkey" PRIMARY KEY ("project_uuid","uuid")
);

-- CreateTable
CREATE TABLE "nodes" (
    "project_uuid" UUID NOT NULL,
    "graph_uuid" UUID NOT NULL,
    "uuid" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "labels" TEXT[],
    "summary" TEXT NOT NULL DEFAULT '',
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "nodes_pkey" PRIMARY KEY ("project_uuid","graph_uuid","uuid")
);

-- CreateTable
CREATE TABLE "edges" (
    "project_uuid" UUID NOT NULL,
    "graph_uuid" UUID NOT NULL,
    "uuid" UUID NOT NULL,
    "source_uuid" UUID NOT NULL,
    "target_uuid" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "fact" TEXT NOT NULL,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "rating" DOUBLE PRECISION,
    "valid_at" TIMESTAMPTZ(3),
    "invalid_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expired_at" TIMESTAMPTZ(3),

    CONSTRAINT "edges_pkey" PRIMARY KEY ("project_uuid","graph_uuid","uuid")
);

-- CreateTable
CREATE TABLE "episodes" (
    "project_uuid" UUID NOT NULL,
    "graph_uuid" UUID NOT NULL,
    "uuid" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "source" "episode_source" NOT NULL,
    "content" TEXT,
    "source_description" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "session_uuid" UUID,
    "message_uuid" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "episodes_pkey" PRIMARY KEY ("project_uuid","graph_uuid","uuid")
);

-- CreateTable
CREATE TABLE "edge_episodes" (
    "project_uuid" UUID NOT NULL,
    "graph_uuid" UUID NOT NULL,
    "edge_uuid" UUID NOT NULL,
    "episode_uuid" UUID NOT NULL,

    CONSTRAINT "edge_episodes_pkey" PRIMARY KEY ("project_uuid","graph_uuid","edge_uuid","episode_uuid")
);

-- CreateTable
CREATE TABLE "node_episodes" (
    "project_uuid" UUID NOT NULL,
    "graph_uuid" UUID NOT NULL,
    "node_uuid" UUID NOT NULL,
    "episode_uuid" UUID NOT NULL,

    CONSTRAINT "node_episodes_pkey" PRIMARY KEY ("project_uuid","graph_uuid","node_uuid","episode_uuid")
);

-- CreateTable
CREATE TABLE "ontologies" (
    "project_uuid" UUID NOT NULL,
    "entity_types" JSONB NOT NULL DEFAULT '[]',
    "edge_types" JSONB NOT NULL DEFAULT '[]',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ontologies_pkey" PRIMARY KEY ("project_uuid")
);

-- CreateIndex
CREATE INDEX "api_requests_project_uuid_at_seq_idx" ON "api_requests"("project_uuid", "at", "seq");

-- CreateIndex
CREATE INDEX "graphs_project_uuid_created_at_uuid_idx" ON "graphs"("project_uuid", "created_at", "uuid");

-- CreateIndex
CREATE UNIQUE INDEX "graphs_project_uuid_user_uuid_key" ON "graphs"("project_uuid", "user_uuid");

-- CreateIndex
CREATE UNIQUE INDEX "graphs_project_uuid_group_id_key" ON "graphs"("project_uuid", "group_id");

-- CreateIndex
CREATE UNIQUE INDEX "nodes_project_uuid_uuid_key" ON "nodes"("project_uuid", "uuid");

-- CreateIndex
CREATE INDEX "edges_project_uuid_graph_uuid_source_uuid_idx" ON "edges"("project_uuid", "graph_uuid", "source_uuid");

-- CreateIndex
CREATE INDEX "edges_project_uuid_graph_uuid_target_uuid_idx" ON "edges"("project_uuid", "graph_uuid", "target_uuid");

-- CreateIndex
CREATE UNIQUE INDEX "edges_project_uuid_uuid_key" ON "edges"("project_uuid", "uuid");

-- CreateIndex
CREATE INDEX "episodes_project_uuid_graph_uuid_seq_idx" ON "episodes"("project_uuid", "graph_uuid", "seq");

-- CreateIndex
CREATE INDEX "episodes_project_uuid_session_uuid_idx" ON "episodes"("project_uuid", "session_uuid");

-- CreateIndex
CREATE UNIQUE INDEX "episodes_project_uuid_uuid_key" ON "episodes"("project_uuid", "uuid");

-- CreateIndex
CREATE UNIQUE INDEX "episodes_project_uuid_message_uuid_key" ON "episodes"("project_uuid", "message_uuid");

-- CreateIndex
CREATE INDEX "edge_episodes_project_uuid_graph_uuid_episode_uuid_idx" ON "edge_episodes"("project_uuid", "graph_uuid", "episode_uuid");

-- CreateIndex
CREATE INDEX "node_episodes_project_uuid_graph_uuid_episode_uuid_idx" ON "node_episodes"("project_uuid", "graph_uuid", "episode_uuid");

-- CreateIndex
CREATE INDEX "sessions_project_uuid_updated_at_uuid_idx" ON "sessions"("project_uuid", "updated_at", "uuid");

-- AddForeignKey
ALTER TABLE "api_requests" ADD CONSTRAINT "api_requests_project_uuid_fkey" FOREIGN KEY ("project_uuid") REFERENCES "projects"("uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lost_answers" ADD CONSTRAINT "lost_answers_project_uuid_fkey" FOREIGN KEY ("project_uuid") REFERENCES "projects"("uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "graphs" ADD CONSTRAINT "graphs_project_uuid_fkey" FOREIGN KEY ("project_uuid") REFERENCES "projects"("uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "graphs" ADD CONSTRAINT "graphs_project_uuid_user_uuid_fkey" FOREIGN KEY ("project_uuid", "user_uuid") REFERENCES "users"("project_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nodes" ADD CONSTRAINT "nodes_project_uuid_graph_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid") REFERENCES "graphs"("project_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edges" ADD CONSTRAINT "edges_project_uuid_graph_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid") REFERENCES "graphs"("project_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edges" ADD CONSTRAINT "edges_project_uuid_graph_uuid_source_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "source_uuid") REFERENCES "nodes"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edges" ADD CONSTRAINT "edges_project_uuid_graph_uuid_target_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "target_uuid") REFERENCES "nodes"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_project_uuid_graph_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid") REFERENCES "graphs"("project_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_project_uuid_session_uuid_fkey" FOREIGN KEY ("project_uuid", "session_uuid") REFERENCES "sessions"("project_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_project_uuid_message_uuid_fkey" FOREIGN KEY ("project_uuid", "message_uuid") REFERENCES "messages"("project_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edge_episodes" ADD CONSTRAINT "edge_episodes_project_uuid_graph_uuid_edge_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "edge_uuid") REFERENCES "edges"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edge_episodes" ADD CONSTRAINT "edge_episodes_project_uuid_graph_uuid_episode_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "episode_uuid") REFERENCES "episodes"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "node_episodes" ADD CONSTRAINT "node_episodes_project_uuid_graph_uuid_node_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "node_uuid") REFERENCES "nodes"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "node_episodes" ADD CONSTRAINT "node_episodes_project_uuid_graph_uuid_episode_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "episode_uuid") REFERENCES "episodes"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ontologies" ADD CONSTRAINT "ontologies_project_uuid_fkey" FOREIGN KEY ("project_uuid") REFERENCES "projects"("uuid") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "graphs" ADD CONSTRAINT "graphs_of_one" CHECK (("user_uuid" IS NULL) <> ("group_id" IS NULL) AND "user_uuid" = "uuid" IS NOT FALSE);
ALTER TABLE "edges" ADD CONSTRAINT "edges_interval" CHECK ("invalid_at" >= "valid_at");

-- What a text is found by: its words, folded and stemmed. And a question as any of its words, because asking for all of
-- them finds almost nothing.
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE FUNCTION lethe_terms(value text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
AS $$ SELECT to_tsvector('pg_catalog.english'::regconfig, left(public.lethe_fold(value), 150000)) $$;

-- A folded text as a key of an index. Folding may make a text eighteen times as long, and an index takes only so much.
CREATE FUNCTION lethe_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT left(public.lethe_fold(value), 400) $$;

DROP INDEX users_name_key, users_last_name_key, users_email_key, users_user_id_key, sessions_session_id_key;
CREATE INDEX users_name_key ON users (project_uuid, (lethe_key(lethe_display_name(user_id, email, first_name, last_name)) COLLATE "C"), uuid);
CREATE INDEX users_last_name_key ON users (project_uuid, (lethe_key(last_name) COLLATE "C"), uuid);
CREATE INDEX users_email_key ON users (project_uuid, (lethe_key(email) COLLATE "C"), uuid);
CREATE INDEX users_user_id_key ON users (project_uuid, (lethe_key(user_id) COLLATE "C"), uuid);
CREATE INDEX sessions_session_id_key ON sessions (project_uuid, (lethe_key(session_id) COLLATE "C"), uuid);

CREATE FUNCTION lethe_any_term(value text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT coalesce(string_agg('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''', ' | '), '')::tsquery
      FROM unnest(public.lethe_terms(value)) $$;

CREATE INDEX nodes_terms ON nodes USING gin (graph_uuid, lethe_terms(name || ' ' || summary));
CREATE INDEX nodes_name_key ON nodes (project_uuid, graph_uuid, lethe_key(name));
CREATE INDEX edges_terms ON edges USING gin (graph_uuid, lethe_terms(name || ' ' || fact));
CREATE INDEX episodes_terms ON episodes USING gin (graph_uuid, lethe_terms(content)) WHERE content IS NOT NULL;
CREATE INDEX messages_terms ON messages USING gin (user_uuid, lethe_terms(content));

-- A uuid that depends on a seed alone (version 8, RFC 9562, 5.8), so that a copy's parts find each other.
CREATE FUNCTION lethe_seeded_uuid(seed text) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT overlay(overlay(md5(seed) placing '8' from 13) placing '8' from 17)::uuid $$;

-- A person's graph and the node in its centre begin with the person, whichever way the person comes.
CREATE FUNCTION lethe_users_graphs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO graphs (project_uuid, uuid, user_uuid, created_at, updated_at)
  SELECT project_uuid, uuid, uuid, created_at, created_at FROM changed;
  INSERT INTO nodes (project_uuid, graph_uuid, uuid, name, labels, created_at)
  SELECT project_uuid, uuid, uuid, lethe_display_name(user_id, email, first_name, last_name), '{Entity,User}', created_at
  FROM changed;
  RETURN NULL;
END $$;

CREATE TRIGGER users_graphs AFTER INSERT ON users
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION lethe_users_graphs();

CREATE FUNCTION lethe_users_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE nodes SET name = lethe_display_name(NEW.user_id, NEW.email, NEW.first_name, NEW.last_name)
  WHERE project_uuid = NEW.project_uuid AND graph_uuid = NEW.uuid AND uuid = NEW.uuid;
  RETURN NULL;
END $$;

CREATE TRIGGER users_renamed AFTER UPDATE OF user_id, email, first_name, last_name ON users FOR EACH ROW
WHEN (lethe_display_name(OLD.user_id, OLD.email, OLD.first_name, OLD.last_name)
      IS DISTINCT FROM lethe_display_name(NEW.user_id, NEW.email, NEW.first_name, NEW.last_name))
EXECUTE FUNCTION lethe_users_renamed();

-- Those who are already here.
INSERT INTO graphs (project_uuid, uuid, user_uuid, created_at, updated_at)
SELECT project_uuid, uuid, uuid, created_at, created_at FROM users;
INSERT INTO nodes (project_uuid, graph_uuid, uuid, name, labels, created_at)
SELECT project_uuid, uuid, uuid, lethe_display_name(user_id, email, first_name, last_name), '{Entity,User}', created_at FROM users;
INSERT INTO episodes (project_uuid, graph_uuid, uuid, source, session_uuid, message_uuid, created_at, processed_at)
SELECT project_uuid, user_uuid, uuid, 'message', session_uuid, uuid, created_at, now()
FROM messages ORDER BY project_uuid, user_uuid, session_uuid, position;
