CREATE TYPE instance_key_kind AS ENUM ('signing', 'suppression');
CREATE TYPE erasure_scope AS ENUM ('person', 'session', 'episode', 'fact');
CREATE TYPE receipt_status AS ENUM ('pending', 'confirmed', 'residue');
CREATE TYPE proof_verdict AS ENUM ('confirmed', 'residue', 'incomplete');
CREATE TYPE identifier_kind AS ENUM ('user_id', 'session_id', 'email');

ALTER TABLE projects ADD COLUMN keeps_out_deleted boolean NOT NULL DEFAULT FALSE;

CREATE TABLE instance_keys (
  id text NOT NULL,
  kind instance_key_kind NOT NULL,
  public_jwk jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  retired_at timestamptz(3),
  CONSTRAINT instance_keys_pkey PRIMARY KEY (id)
);

CREATE TABLE receipts (
  project_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  number bigserial NOT NULL,
  scope erasure_scope NOT NULL,
  status receipt_status NOT NULL DEFAULT 'pending',
  executed_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  facts jsonb NOT NULL,
  identifiers bytea[],
  key_id text NOT NULL,
  sealed text,
  nonce text,
  jws text,
  hash bytea,
  previous bytea,
  proven_at timestamptz(3),
  CONSTRAINT receipts_pkey PRIMARY KEY (project_uuid, uuid),
  CONSTRAINT receipts_project_uuid_fkey FOREIGN KEY (project_uuid) REFERENCES projects (uuid) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX receipts_project_uuid_number_key ON receipts (project_uuid, number);
CREATE UNIQUE INDEX receipts_project_uuid_previous_key ON receipts (project_uuid, previous);
CREATE INDEX receipts_status_idx ON receipts (status);

CREATE TABLE proof_runs (
  project_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  receipt_uuid uuid NOT NULL,
  started_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3) NOT NULL,
  verdict proof_verdict NOT NULL,
  data jsonb NOT NULL,
  CONSTRAINT proof_runs_pkey PRIMARY KEY (project_uuid, uuid),
  CONSTRAINT proof_runs_project_uuid_receipt_uuid_fkey FOREIGN KEY (project_uuid, receipt_uuid)
    REFERENCES receipts (project_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX proof_runs_project_uuid_receipt_uuid_idx ON proof_runs (project_uuid, receipt_uuid);

CREATE TABLE suppressions (
  project_uuid uuid NOT NULL,
  hmac bytea NOT NULL,
  key_id text NOT NULL,
  kind identifier_kind NOT NULL,
  receipt_uuid uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  hits integer NOT NULL DEFAULT 0,
  last_hit_at timestamptz(3),
  lift_asked_by uuid,
  lift_reason text,
  lifted_by uuid,
  lifted_at timestamptz(3),
  CONSTRAINT suppressions_lifted_by_two CHECK (lifted_at IS NULL OR (lifted_by <> lift_asked_by AND lift_reason IS NOT NULL) IS TRUE),
  CONSTRAINT suppressions_pkey PRIMARY KEY (project_uuid, hmac, receipt_uuid),
  CONSTRAINT suppressions_project_uuid_fkey FOREIGN KEY (project_uuid) REFERENCES projects (uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX suppressions_project_uuid_created_at_idx ON suppressions (project_uuid, created_at);
CREATE INDEX suppressions_project_uuid_receipt_uuid_idx ON suppressions (project_uuid, receipt_uuid);

-- A receipt is written once; then its proof is added, and what was sealed for the proof is taken out.
CREATE FUNCTION lethe_receipt_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'a receipt is never removed';
  END IF;
  IF (OLD.project_uuid, OLD.uuid, OLD.number, OLD.scope, OLD.executed_at, OLD.facts, OLD.identifiers, OLD.key_id)
      IS DISTINCT FROM (NEW.project_uuid, NEW.uuid, NEW.number, NEW.scope, NEW.executed_at, NEW.facts, NEW.identifiers, NEW.key_id)
    OR OLD.status = 'confirmed' AND (OLD.status, OLD.jws, OLD.hash, OLD.previous, OLD.proven_at)
      IS DISTINCT FROM (NEW.status, NEW.jws, NEW.hash, NEW.previous, NEW.proven_at)
    OR NEW.status = 'pending' AND OLD.status <> 'pending'
    OR NEW.sealed IS DISTINCT FROM OLD.sealed AND (NEW.sealed IS NOT NULL OR NEW.status <> 'confirmed')
    OR NEW.nonce IS NOT NULL AND NEW.nonce IS DISTINCT FROM OLD.nonce
    OR (NEW.status = 'confirmed') <> (NEW.jws IS NOT NULL AND NEW.hash IS NOT NULL AND NEW.proven_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a receipt is never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER receipts_kept BEFORE UPDATE OR DELETE ON receipts FOR EACH ROW EXECUTE FUNCTION lethe_receipt_kept();
CREATE TRIGGER receipts_never_emptied BEFORE TRUNCATE ON receipts FOR EACH STATEMENT EXECUTE FUNCTION lethe_receipt_kept();

-- One of 256 locks of a project, so that a batch of any size takes a bounded number of them.
CREATE FUNCTION lethe_suppression_lock(project uuid, hmac bytea) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (('x' || substr(md5(project::text), 1, 12))::bit(48)::bigint << 8) + get_byte(hmac, 0);

-- Which of these keyed hashes are kept out. The locks are shared with whoever adds people and exclusive for whoever keeps one
-- out; each statement of a volatile function sees what was committed before it began, so what one waited for is seen.
CREATE FUNCTION lethe_find_suppressed(project uuid, hmacs bytea[], key_ids text[]) RETURNS SETOF bytea LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(lock) FROM (
    SELECT DISTINCT lethe_suppression_lock(project, hmac) AS lock FROM unnest(hmacs) AS hmac ORDER BY 1) AS locks;
  IF EXISTS (SELECT FROM instance_keys WHERE kind = 'suppression' AND retired_at IS NULL AND id <> ALL (key_ids)) THEN
    RAISE EXCEPTION 'the suppression key is missing' USING ERRCODE = 'LT001';
  END IF;
  RETURN QUERY SELECT DISTINCT s.hmac FROM suppressions s
    WHERE s.project_uuid = project AND s.hmac = ANY (hmacs) AND s.lifted_at IS NULL;
END $$;

-- Open while the database is older than the journal of erasures: until those are done again, nothing new is taken in.
CREATE TABLE restore_gates (
  uuid uuid NOT NULL,
  opened_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  closed_at timestamptz(3),
  CONSTRAINT restore_gates_pkey PRIMARY KEY (uuid)
);
CREATE FUNCTION lethe_refuse_while_restored() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM restore_gates WHERE closed_at IS NULL) THEN
    RAISE EXCEPTION 'a restored database takes nothing in before erasures are replayed' USING ERRCODE = 'LT002';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER users_while_restored BEFORE INSERT ON users FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_while_restored();
CREATE TRIGGER sessions_while_restored BEFORE INSERT ON sessions FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_while_restored();
CREATE TRIGGER messages_while_restored BEFORE INSERT ON messages FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_while_restored();
CREATE TRIGGER users_changed_while_restored BEFORE UPDATE OF email, first_name, last_name, metadata ON users FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_while_restored();
CREATE TRIGGER episodes_while_restored BEFORE INSERT ON episodes FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_while_restored();
