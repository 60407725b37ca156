CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('viewer', 'support', 'privacy', 'admin');

-- CreateEnum
CREATE TYPE "scope" AS ENUM ('read', 'write', 'erase');

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('operator', 'api_key', 'command_line', 'anonymous');

-- CreateEnum
CREATE TYPE "audit_outcome" AS ENUM ('done', 'refused');

-- CreateEnum
CREATE TYPE "role_type" AS ENUM ('norole', 'system', 'assistant', 'user', 'function', 'tool');

-- CreateTable
CREATE TABLE "operators" (
    "uuid" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "sign_in_epoch" INTEGER NOT NULL DEFAULT 0,
    "chosen_project" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_sign_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "operators_pkey" PRIMARY KEY ("uuid")
);

-- CreateTable
CREATE TABLE "memberships" (
    "project_uuid" UUID NOT NULL,
    "operator_uuid" UUID NOT NULL,
    "role" "role" NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("project_uuid","operator_uuid")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "project_uuid" UUID NOT NULL,
    "uuid" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" "scope"[],
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("project_uuid","uuid")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" TIMESTAMPTZ(3),

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "project_uuid" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_uuid" UUID,
    "action" TEXT NOT NULL,
    "outcome" "audit_outcome" NOT NULL DEFAULT 'done',
    "subject_ref" UUID,
    "object_uuid" UUID,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("project_uuid","seq")
);

-- CreateTable
CREATE TABLE "projects" (
    "uuid" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("uuid")
);

-- CreateTable
CREATE TABLE "project_tallies" (
    "project_uuid" UUID NOT NULL,
    "slot" INTEGER NOT NULL,
    "users" INTEGER NOT NULL DEFAULT 0,
    "version" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "project_tallies_pkey" PRIMARY KEY ("project_uuid","slot")
);

-- CreateTable
CREATE TABLE "sessions" (
    "project_uuid" UUID NOT NULL,
    "user_uuid" UUID NOT NULL,
    "uuid" UUID NOT NULL,
    "session_id" TEXT NOT NULL,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "next_position" INTEGER NOT NULL DEFAULT 0,
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "last_message_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("project_uuid","user_uuid","uuid")
);

-- CreateTable
CREATE TABLE "messages" (
    "project_uuid" UUID NOT NULL,
    "user_uuid" UUID NOT NULL,
    "session_uuid" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "uuid" UUID NOT NULL,
    "role" TEXT,
    "role_type" "role_type" NOT NULL,
    "content" TEXT NOT NULL,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "token_count" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("project_uuid","user_uuid","session_uuid","position")
);

-- CreateTable
CREATE TABLE "users" (
    "project_uuid" UUID NOT NULL,
    "uuid" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "email" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "subject_ref" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "session_count" INTEGER NOT NULL DEFAULT 0,
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "last_activity_at" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("project_uuid","uuid")
);

-- CreateIndex
CREATE UNIQUE INDEX "operators_email_key" ON "operators"("email");

-- CreateIndex
CREATE INDEX "memberships_operator_uuid_idx" ON "memberships"("operator_uuid");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE INDEX "audit_events_project_uuid_at_seq_idx" ON "audit_events"("project_uuid", "at", "seq");

-- CreateIndex
CREATE INDEX "audit_events_project_uuid_subject_ref_seq_idx" ON "audit_events"("project_uuid", "subject_ref", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "projects_slug_key" ON "projects"("slug");

-- CreateIndex
CREATE INDEX "sessions_project_uuid_created_at_uuid_idx" ON "sessions"("project_uuid", "created_at", "uuid");

-- CreateIndex
CREATE INDEX "sessions_project_uuid_message_count_uuid_idx" ON "sessions"("project_uuid", "message_count", "uuid");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_project_uuid_uuid_key" ON "sessions"("project_uuid", "uuid");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_project_uuid_session_id_key" ON "sessions"("project_uuid", "session_id");

-- CreateIndex
CREATE UNIQUE INDEX "messages_project_uuid_uuid_key" ON "messages"("project_uuid", "uuid");

-- CreateIndex
CREATE INDEX "users_project_uuid_created_at_uuid_idx" ON "users"("project_uuid", "created_at", "uuid");

-- CreateIndex
CREATE INDEX "users_project_uuid_updated_at_uuid_idx" ON "users"("project_uuid", "updated_at", "uuid");

-- CreateIndex
CREATE INDEX "users_project_uuid_session_count_uuid_idx" ON "users"("project_uuid", "session_count", "uuid");

-- CreateIndex
CREATE UNIQUE INDEX "users_project_uuid_user_id_key" ON "users"("project_uuid", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_project_uuid_subject_ref_key" ON "users"("project_uuid", "subject_ref");

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_project_uuid_fkey" FOREIGN KEY ("project_uuid") REFERENCES "projects"("uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_operator_uuid_fkey" FOREIGN KEY ("operator_uuid") REFERENCES "operators"("uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_project_uuid_fkey" FOREIGN KEY ("project_uuid") REFERENCES "projects"("uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_project_uuid_fkey" FOREIGN KEY ("project_uuid") REFERENCES "projects"("uuid") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_tallies" ADD CONSTRAINT "project_tallies_project_uuid_fkey" FOREIGN KEY ("project_uuid") REFERENCES "projects"("uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_project_uuid_user_uuid_fkey" FOREIGN KEY ("project_uuid", "user_uuid") REFERENCES "users"("project_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_project_uuid_user_uuid_session_uuid_fkey" FOREIGN KEY ("project_uuid", "user_uuid", "session_uuid") REFERENCES "sessions"("project_uuid", "user_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_project_uuid_fkey" FOREIGN KEY ("project_uuid") REFERENCES "projects"("uuid") ON DELETE CASCADE ON UPDATE CASCADE;


-- Folding: what search and text sorting compare. Case and accents do not count.
-- unaccent() is only STABLE because its dictionary could be replaced; ours is named and shipped with PostgreSQL.
CREATE FUNCTION lethe_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, normalize(coalesce(value, ''), NFKC))) $$;

-- What the console calls a person: by name, else by address, else by id.
CREATE FUNCTION lethe_display_name(user_id text, email text, first_name text, last_name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT coalesce(nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email, user_id) $$;

-- A searched text, folded, as a LIKE pattern that matches wherever it occurs literally.
CREATE FUNCTION lethe_occurs(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT '%' || regexp_replace(public.lethe_fold(value), '([\\%_])', '\\\1', 'g') || '%' $$;

CREATE FUNCTION lethe_user_text(user_id text, email text, first_name text, last_name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT public.lethe_fold(user_id || ' ' || coalesce(email, '') || ' ' || coalesce(first_name, '') || ' ' || coalesce(last_name, '')) $$;

-- Substring search over id, email and name: one trigram index over one expression.
CREATE INDEX users_text_trgm ON users USING gin (lethe_user_text(user_id, email, first_name, last_name) gin_trgm_ops);

-- Sorting and prefix search. The C collation makes a prefix a range.
CREATE INDEX users_name_key ON users (project_uuid, (lethe_fold(lethe_display_name(user_id, email, first_name, last_name)) COLLATE "C"), uuid);
CREATE INDEX users_last_name_key ON users (project_uuid, (lethe_fold(last_name) COLLATE "C"), uuid);
CREATE INDEX users_email_key ON users (project_uuid, (lethe_fold(email) COLLATE "C"), uuid);
CREATE INDEX users_user_id_key ON users (project_uuid, (lethe_fold(user_id) COLLATE "C"), uuid);
CREATE INDEX users_activity_key ON users (project_uuid, (coalesce(last_activity_at, 'epoch'::timestamptz)), uuid);
CREATE INDEX users_metadata ON users USING gin (metadata jsonb_path_ops);

CREATE INDEX sessions_session_id_key ON sessions (project_uuid, (lethe_fold(session_id) COLLATE "C"), uuid);
CREATE INDEX sessions_activity_key ON sessions (project_uuid, (coalesce(last_message_at, created_at)), uuid);
CREATE INDEX sessions_metadata ON sessions USING gin (metadata jsonb_path_ops);

-- Counts and latest times are the database's own work, so that no path can forget them.
CREATE FUNCTION lethe_tally_users() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO project_tallies AS tally (project_uuid, slot, users, version)
  SELECT changed.project_uuid, pg_backend_pid() % 16,
         CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END, 1
  FROM changed JOIN projects ON projects.uuid = changed.project_uuid
  GROUP BY changed.project_uuid
  ON CONFLICT (project_uuid, slot) DO UPDATE
  SET users = tally.users + excluded.users, version = tally.version + 1;
  RETURN NULL;
END $$;

CREATE TRIGGER users_added AFTER INSERT ON users
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION lethe_tally_users();
CREATE TRIGGER users_removed AFTER DELETE ON users
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION lethe_tally_users();

CREATE FUNCTION lethe_sessions_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users SET session_count = session_count + added.total,
                   last_activity_at = greatest(last_activity_at, added.latest)
  FROM (SELECT project_uuid, user_uuid, count(*) AS total, max(created_at) AS latest FROM changed GROUP BY 1, 2) AS added
  WHERE users.project_uuid = added.project_uuid AND users.uuid = added.user_uuid;
  RETURN NULL;
END $$;

CREATE FUNCTION lethe_last_activity(project uuid, person uuid) RETURNS timestamptz LANGUAGE sql STABLE
AS $$ SELECT max(greatest(last_message_at, created_at)) FROM sessions WHERE project_uuid = project AND user_uuid = person $$;

CREATE FUNCTION lethe_sessions_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users SET session_count = session_count - removed.total,
                   last_activity_at = lethe_last_activity(users.project_uuid, users.uuid)
  FROM (SELECT project_uuid, user_uuid, count(*) AS total FROM changed GROUP BY 1, 2) AS removed
  WHERE users.project_uuid = removed.project_uuid AND users.uuid = removed.user_uuid;
  RETURN NULL;
END $$;

CREATE TRIGGER sessions_added AFTER INSERT ON sessions
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION lethe_sessions_added();
CREATE TRIGGER sessions_removed AFTER DELETE ON sessions
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION lethe_sessions_removed();

CREATE FUNCTION lethe_messages_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sessions SET message_count = message_count + added.total,
                      last_message_at = greatest(last_message_at, added.latest)
  FROM (SELECT project_uuid, user_uuid, session_uuid, count(*) AS total, max(created_at) AS latest
        FROM changed GROUP BY 1, 2, 3) AS added
  WHERE sessions.project_uuid = added.project_uuid AND sessions.user_uuid = added.user_uuid
    AND sessions.uuid = added.session_uuid;
  UPDATE users SET message_count = message_count + added.total,
                   last_activity_at = greatest(last_activity_at, added.latest)
  FROM (SELECT project_uuid, user_uuid, count(*) AS total, max(created_at) AS latest FROM changed GROUP BY 1, 2) AS added
  WHERE users.project_uuid = added.project_uuid AND users.uuid = added.user_uuid;
  RETURN NULL;
END $$;

CREATE FUNCTION lethe_messages_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sessions SET message_count = message_count - removed.total,
                      last_message_at = (SELECT max(created_at) FROM messages
                                         WHERE messages.project_uuid = sessions.project_uuid
                                           AND messages.user_uuid = sessions.user_uuid
                                           AND messages.session_uuid = sessions.uuid)
  FROM (SELECT project_uuid, user_uuid, session_uuid, count(*) AS total FROM changed GROUP BY 1, 2, 3) AS removed
  WHERE sessions.project_uuid = removed.project_uuid AND sessions.user_uuid = removed.user_uuid
    AND sessions.uuid = removed.session_uuid;
  UPDATE users SET message_count = message_count - removed.total,
                   last_activity_at = lethe_last_activity(users.project_uuid, users.uuid)
  FROM (SELECT project_uuid, user_uuid, count(*) AS total FROM changed GROUP BY 1, 2) AS removed
  WHERE users.project_uuid = removed.project_uuid AND users.uuid = removed.user_uuid;
  RETURN NULL;
END $$;

CREATE TRIGGER messages_added AFTER INSERT ON messages
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION lethe_messages_added();
CREATE TRIGGER messages_removed AFTER DELETE ON messages
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION lethe_messages_removed();

-- The audit trail only grows.
CREATE FUNCTION lethe_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit events are never changed or removed';
END $$;

CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_change();
