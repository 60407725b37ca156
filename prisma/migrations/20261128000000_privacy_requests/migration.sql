CREATE TYPE request_type AS ENUM ('erasure', 'access', 'portability', 'rectification', 'restriction');
CREATE TYPE request_law AS ENUM ('gdpr', 'uk_gdpr', 'ccpa', 'delete_act', 'other');
CREATE TYPE request_channel AS ENUM ('email', 'phone', 'post', 'console', 'api', 'csv');
CREATE TYPE request_state AS ENUM ('received', 'awaiting_verification', 'verified', 'in_review', 'on_hold', 'awaiting_approval',
  'scheduled', 'executing', 'blocked_by_hold', 'failed', 'verifying', 'residue_found', 'completed', 'completed_partial',
  'closed_no_match', 'rejected', 'withdrawn', 'cancelled', 'expired');
CREATE TYPE request_verification AS ENUM ('attested', 'code');
CREATE TYPE approval_step AS ENUM ('plan', 'expedite');
CREATE TYPE mention_place AS ENUM ('message', 'data', 'stated', 'user', 'session', 'node');
CREATE TYPE mention_decision AS ENUM ('keep', 'redact', 'delete');

-- How requests are worked in a project. Without a row: one person may do it all, and there is a day to change one's mind.
CREATE TABLE privacy_policies (
  project_uuid uuid NOT NULL,
  approvals_required integer NOT NULL DEFAULT 0,
  grace_hours integer NOT NULL DEFAULT 24,
  time_zone text NOT NULL DEFAULT 'UTC',
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT privacy_policies_pkey PRIMARY KEY (project_uuid),
  CONSTRAINT privacy_policies_bounds CHECK (approvals_required BETWEEN 0 AND 3 AND grace_hours BETWEEN 0 AND 720),
  CONSTRAINT privacy_policies_project_uuid_fkey FOREIGN KEY (project_uuid) REFERENCES projects (uuid) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE privacy_requests (
  project_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  number bigserial NOT NULL,
  type request_type NOT NULL,
  law request_law NOT NULL,
  channel request_channel NOT NULL,
  -- A keyed hash of how whoever passed it on calls it: the same is filed once, and nobody reads a name in it.
  external_ref text,
  subject_ref uuid NOT NULL,
  state request_state NOT NULL DEFAULT 'received',
  state_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  state_reason text,
  version integer NOT NULL DEFAULT 1,
  received_at timestamptz(3) NOT NULL,
  filed_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  acknowledge_by timestamptz(3),
  acknowledged_at timestamptz(3),
  answer_by timestamptz(3) NOT NULL,
  extended_at timestamptz(3),
  extension_reason text,
  paused_at timestamptz(3),
  verified_at timestamptz(3),
  verification request_verification,
  filed_by uuid,
  filed_by_key boolean NOT NULL DEFAULT FALSE,
  about_operator uuid,
  assigned_to uuid,
  keeps_out boolean NOT NULL DEFAULT TRUE,
  plan jsonb,
  plan_round integer NOT NULL DEFAULT 0,
  plan_hash text,
  submitted_by uuid,
  execute_after timestamptz(3),
  receipt_uuid uuid,
  export_uuid uuid,
  closed_at timestamptz(3),
  answered_at timestamptz(3),
  CONSTRAINT privacy_requests_pkey PRIMARY KEY (project_uuid, uuid),
  CONSTRAINT privacy_requests_project_uuid_fkey FOREIGN KEY (project_uuid) REFERENCES projects (uuid) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT privacy_requests_no_pause CHECK (paused_at IS NULL OR law NOT IN ('ccpa', 'delete_act')),
  CONSTRAINT privacy_requests_not_about_oneself CHECK (about_operator IS DISTINCT FROM filed_by OR filed_by IS NULL)
);
CREATE UNIQUE INDEX privacy_requests_project_uuid_number_key ON privacy_requests (project_uuid, number);
CREATE UNIQUE INDEX privacy_requests_external ON privacy_requests (project_uuid, channel, external_ref) WHERE external_ref IS NOT NULL;
-- Before they are verified anybody could have sent them, so that they keep nobody's real one from being filed.
CREATE UNIQUE INDEX privacy_requests_one_at_a_time ON privacy_requests (project_uuid, subject_ref, type)
  WHERE state IN ('verified', 'in_review', 'on_hold', 'awaiting_approval', 'scheduled', 'executing', 'blocked_by_hold', 'failed', 'verifying', 'residue_found');
CREATE INDEX privacy_requests_due ON privacy_requests (project_uuid, answer_by, number) WHERE closed_at IS NULL;
CREATE INDEX privacy_requests_project_uuid_state_answer_by_idx ON privacy_requests (project_uuid, state, answer_by);
CREATE INDEX privacy_requests_received_idx ON privacy_requests (project_uuid, received_at, number);
CREATE INDEX privacy_requests_subject_idx ON privacy_requests (project_uuid, subject_ref);

-- Which user a request is about, for as long as they are known.
CREATE TABLE request_people (
  project_uuid uuid NOT NULL,
  request_uuid uuid NOT NULL,
  user_uuid uuid NOT NULL,
  CONSTRAINT request_people_pkey PRIMARY KEY (project_uuid, request_uuid),
  CONSTRAINT request_people_project_uuid_request_uuid_fkey FOREIGN KEY (project_uuid, request_uuid) REFERENCES privacy_requests (project_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT request_people_project_uuid_user_uuid_fkey FOREIGN KEY (project_uuid, user_uuid) REFERENCES users (project_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX request_people_user_idx ON request_people (project_uuid, user_uuid);

-- What they are called and how they are reached, sealed: gone when they have been told how it ended.
CREATE TABLE request_subjects (
  project_uuid uuid NOT NULL,
  request_uuid uuid NOT NULL,
  sealed text NOT NULL,
  CONSTRAINT request_subjects_pkey PRIMARY KEY (project_uuid, request_uuid),
  CONSTRAINT request_subjects_project_uuid_request_uuid_fkey FOREIGN KEY (project_uuid, request_uuid) REFERENCES privacy_requests (project_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE
);

-- What is to be done with what others said of the person; gone once it is done.
CREATE TABLE request_mentions (
  project_uuid uuid NOT NULL,
  request_uuid uuid NOT NULL,
  graph_uuid uuid NOT NULL,
  place mention_place NOT NULL,
  uuid uuid NOT NULL,
  decision mention_decision,
  ground text,
  decided_by uuid,
  CONSTRAINT request_mentions_pkey PRIMARY KEY (project_uuid, request_uuid, place, uuid),
  CONSTRAINT request_mentions_kept_with_ground CHECK (decision IS DISTINCT FROM 'keep' OR ground IS NOT NULL),
  CONSTRAINT request_mentions_project_uuid_request_uuid_fkey FOREIGN KEY (project_uuid, request_uuid) REFERENCES privacy_requests (project_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX request_mentions_graph_idx ON request_mentions (project_uuid, graph_uuid);
CREATE INDEX request_mentions_uuid_idx ON request_mentions (project_uuid, uuid);

CREATE TABLE request_approvals (
  project_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  request_uuid uuid NOT NULL,
  step approval_step NOT NULL,
  plan_hash text NOT NULL,
  operator_uuid uuid NOT NULL,
  approved boolean NOT NULL,
  reason text,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT request_approvals_pkey PRIMARY KEY (project_uuid, uuid),
  CONSTRAINT request_approvals_project_uuid_request_uuid_fkey FOREIGN KEY (project_uuid, request_uuid) REFERENCES privacy_requests (project_uuid, uuid) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX request_approvals_once ON request_approvals (project_uuid, request_uuid, step, plan_hash, operator_uuid);

-- People whose data is only kept for now: nothing new is taken in about them.
CREATE TABLE restrictions (
  project_uuid uuid NOT NULL,
  user_uuid uuid NOT NULL,
  request_uuid uuid NOT NULL,
  since timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT restrictions_pkey PRIMARY KEY (project_uuid, user_uuid, request_uuid),
  CONSTRAINT restrictions_project_uuid_user_uuid_fkey FOREIGN KEY (project_uuid, user_uuid) REFERENCES users (project_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE
);

-- The life of a request, step by step (lib/privacy/requests/terms.ts draws the same).
CREATE TABLE request_steps (
  before request_state NOT NULL,
  after request_state NOT NULL,
  CONSTRAINT request_steps_pkey PRIMARY KEY (before, after)
);
INSERT INTO request_steps (before, after) VALUES
  ('received', 'awaiting_verification'), ('received', 'verified'), ('received', 'rejected'), ('received', 'withdrawn'),
  ('awaiting_verification', 'verified'), ('awaiting_verification', 'expired'), ('awaiting_verification', 'rejected'),
  ('awaiting_verification', 'withdrawn'),
  ('verified', 'in_review'), ('verified', 'rejected'), ('verified', 'withdrawn'),
  ('in_review', 'on_hold'), ('in_review', 'awaiting_approval'), ('in_review', 'closed_no_match'), ('in_review', 'rejected'),
  ('in_review', 'withdrawn'),
  ('on_hold', 'in_review'), ('on_hold', 'rejected'), ('on_hold', 'withdrawn'),
  ('awaiting_approval', 'in_review'), ('awaiting_approval', 'scheduled'), ('awaiting_approval', 'rejected'),
  ('awaiting_approval', 'withdrawn'),
  ('scheduled', 'executing'), ('scheduled', 'in_review'), ('scheduled', 'withdrawn'), ('scheduled', 'cancelled'),
  ('executing', 'verifying'), ('executing', 'in_review'), ('executing', 'blocked_by_hold'), ('executing', 'failed'),
  ('blocked_by_hold', 'executing'), ('blocked_by_hold', 'in_review'), ('blocked_by_hold', 'cancelled'),
  ('failed', 'executing'), ('failed', 'in_review'), ('failed', 'cancelled'),
  ('verifying', 'completed'), ('verifying', 'completed_partial'), ('verifying', 'residue_found'),
  ('residue_found', 'completed'), ('residue_found', 'completed_partial');

-- How many different people have approved a plan: operators who may, and neither who filed it or handed it in, nor who it is about.
CREATE FUNCTION lethe_count_approvals(request privacy_requests, for_step approval_step) RETURNS integer LANGUAGE sql STABLE
RETURN (SELECT count(DISTINCT a.operator_uuid)::integer FROM request_approvals a
  JOIN memberships m ON m.project_uuid = a.project_uuid AND m.operator_uuid = a.operator_uuid AND m.disabled_at IS NULL
    AND m.role IN ('privacy', 'admin')
  WHERE a.project_uuid = (request).project_uuid AND a.request_uuid = (request).uuid AND a.step = for_step AND a.approved
    AND a.plan_hash = (request).plan_hash AND a.operator_uuid IS DISTINCT FROM (request).filed_by
    AND a.operator_uuid IS DISTINCT FROM (request).submitted_by
    AND a.operator_uuid IS DISTINCT FROM (request).about_operator);

CREATE FUNCTION lethe_guard_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE needed integer;
BEGIN
  IF TG_OP IN ('DELETE', 'TRUNCATE') THEN
    RAISE EXCEPTION 'a request is never removed';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'received' OR NEW.version <> 1 OR NEW.verified_at IS NOT NULL OR NEW.plan_hash IS NOT NULL
      OR NEW.receipt_uuid IS NOT NULL OR NEW.closed_at IS NOT NULL THEN
      RAISE EXCEPTION 'a request begins when it is received';
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.project_uuid, OLD.uuid, OLD.number, OLD.type, OLD.law, OLD.channel, OLD.received_at, OLD.filed_at,
      OLD.acknowledge_by, OLD.filed_by, OLD.filed_by_key, OLD.about_operator, OLD.subject_ref, OLD.external_ref)
    IS DISTINCT FROM (NEW.project_uuid, NEW.uuid, NEW.number, NEW.type, NEW.law, NEW.channel, NEW.received_at, NEW.filed_at,
      NEW.acknowledge_by, NEW.filed_by, NEW.filed_by_key, NEW.about_operator, NEW.subject_ref, NEW.external_ref) THEN
    RAISE EXCEPTION 'what a request was filed with is never changed';
  END IF;
  IF NEW.version <> OLD.version + 1 THEN
    RAISE EXCEPTION 'a request changes one step at a time';
  END IF;
  -- What people wrote of it goes when the person has been told how it ended; everything else stays as it was.
  IF OLD.closed_at IS NOT NULL AND (OLD.answered_at IS NOT NULL OR NEW.answered_at IS NULL
      OR num_nonnulls(NEW.state_reason, NEW.extension_reason) > 0
      OR (to_jsonb(NEW) - '{version,answered_at,state_reason,extension_reason}'::text[])
        IS DISTINCT FROM (to_jsonb(OLD) - '{version,answered_at,state_reason,extension_reason}'::text[])) THEN
    RAISE EXCEPTION 'a request that is over is never changed';
  END IF;
  IF EXISTS (SELECT FROM request_steps s WHERE s.before = NEW.state) = (NEW.closed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a request is closed at its end, and not before';
  END IF;
  IF OLD.verified_at IS NOT NULL AND (NEW.verified_at, NEW.verification) IS DISTINCT FROM (OLD.verified_at, OLD.verification) THEN
    RAISE EXCEPTION 'a verification is never taken back';
  END IF;
  IF OLD.extended_at IS NOT NULL AND (NEW.extended_at, NEW.extension_reason) IS DISTINCT FROM (OLD.extended_at, OLD.extension_reason)
    OR OLD.extended_at IS NULL AND NEW.extended_at IS NOT NULL AND NEW.extended_at > OLD.answer_by THEN
    RAISE EXCEPTION 'a request is extended once, and before its time is over';
  END IF;
  IF NEW.answer_by < OLD.answer_by
    OR NEW.extended_at IS NOT DISTINCT FROM OLD.extended_at AND OLD.paused_at IS NOT NULL
      AND NEW.answer_by > OLD.answer_by + (now() - OLD.paused_at) + interval '5 seconds' THEN
    RAISE EXCEPTION 'a deadline moves by an extension or as long as it stood still';
  END IF;
  IF NEW.plan_hash IS NOT NULL AND NEW.plan_hash IS DISTINCT FROM OLD.plan_hash
    AND (NEW.plan_round <> OLD.plan_round + 1 OR NEW.state <> 'awaiting_approval') THEN
    RAISE EXCEPTION 'each plan that is handed in is another one';
  END IF;
  IF NEW.state = 'in_review' AND OLD.state <> 'in_review' AND NEW.plan_hash IS NOT NULL THEN
    RAISE EXCEPTION 'what goes back to review has no plan that counts';
  END IF;
  IF NEW.answer_by IS DISTINCT FROM OLD.answer_by AND NEW.extended_at IS NOT DISTINCT FROM OLD.extended_at
    AND NOT (OLD.paused_at IS NOT NULL AND NEW.paused_at IS NULL) THEN
    RAISE EXCEPTION 'a deadline moves by an extension or after a pause alone';
  END IF;
  IF (NEW.plan, NEW.plan_hash, NEW.plan_round, NEW.keeps_out) IS DISTINCT FROM (OLD.plan, OLD.plan_hash, OLD.plan_round, OLD.keeps_out)
    AND OLD.state NOT IN ('received', 'awaiting_verification', 'verified', 'in_review', 'on_hold') AND NEW.state <> 'in_review' THEN
    RAISE EXCEPTION 'a plan that was handed in is never changed: it goes back to review';
  END IF;
  IF NEW.execute_after IS DISTINCT FROM OLD.execute_after AND NEW.state NOT IN ('in_review', 'scheduled')
    OR NEW.execute_after IS DISTINCT FROM OLD.execute_after AND NEW.state = OLD.state THEN
    RAISE EXCEPTION 'when it is done is settled when it is scheduled';
  END IF;
  IF NEW.state = OLD.state THEN
    RETURN NEW;
  END IF;
  IF NEW.state = 'scheduled' AND NEW.type = 'erasure' AND NEW.execute_after < now() + make_interval(hours => coalesce(
      (SELECT grace_hours FROM privacy_policies p WHERE p.project_uuid = NEW.project_uuid), 24)) THEN
    RAISE EXCEPTION 'the policy leaves more time to change one''s mind';
  END IF;
  IF NOT EXISTS (SELECT FROM request_steps s WHERE s.before = OLD.state AND s.after = NEW.state) THEN
    RAISE EXCEPTION 'a request cannot go from % to %', OLD.state, NEW.state;
  END IF;
  IF NEW.state NOT IN ('awaiting_verification', 'rejected', 'withdrawn', 'expired') AND NEW.verified_at IS NULL THEN
    RAISE EXCEPTION 'nobody knows whether the person has asked for it';
  END IF;
  IF NEW.state IN ('awaiting_approval', 'scheduled', 'executing') AND NEW.plan_hash IS NULL THEN
    RAISE EXCEPTION 'there is no plan';
  END IF;
  IF NEW.state = 'awaiting_approval' AND EXISTS (SELECT FROM request_mentions m
      WHERE m.project_uuid = NEW.project_uuid AND m.request_uuid = NEW.uuid AND m.decision IS NULL) THEN
    RAISE EXCEPTION 'not every mention was decided';
  END IF;
  IF NEW.state IN ('scheduled', 'executing') THEN
    needed := coalesce((SELECT approvals_required FROM privacy_policies p WHERE p.project_uuid = NEW.project_uuid), 0);
    IF lethe_count_approvals(NEW, 'plan') < needed THEN
      RAISE EXCEPTION 'this plan was not approved by as many people as the policy asks for' USING ERRCODE = 'LT005';
    END IF;
    IF NEW.execute_after IS NULL THEN
      RAISE EXCEPTION 'nobody has said when';
    END IF;
    IF NEW.state = 'executing' AND NEW.execute_after > now() AND NOT (CASE
        WHEN needed > 0 THEN lethe_count_approvals(NEW, 'expedite') >= needed
        ELSE EXISTS (SELECT FROM request_approvals a WHERE a.project_uuid = NEW.project_uuid AND a.request_uuid = NEW.uuid
          AND a.step = 'expedite' AND a.approved AND a.plan_hash = NEW.plan_hash) END) THEN
      RAISE EXCEPTION 'the time to change one''s mind is not over' USING ERRCODE = 'LT005';
    END IF;
  END IF;
  IF NEW.state IN ('completed', 'completed_partial') AND NEW.type = 'erasure' AND NOT EXISTS (SELECT FROM receipts r
      WHERE r.project_uuid = NEW.project_uuid AND r.uuid = NEW.receipt_uuid AND r.status = 'confirmed'
        AND r.facts #>> '{request,number}' = NEW.number::text) THEN
    RAISE EXCEPTION 'there is no confirmed receipt';
  END IF;
  IF NEW.state IN ('completed', 'completed_partial') AND NEW.type IN ('access', 'portability') AND NEW.export_uuid IS NULL THEN
    RAISE EXCEPTION 'no copy was made';
  END IF;
  NEW.state_at := now();
  RETURN NEW;
END $$;
CREATE TRIGGER privacy_requests_guarded BEFORE INSERT OR UPDATE OR DELETE ON privacy_requests FOR EACH ROW EXECUTE FUNCTION lethe_guard_request();
CREATE TRIGGER privacy_requests_never_emptied BEFORE TRUNCATE ON privacy_requests FOR EACH STATEMENT EXECUTE FUNCTION lethe_guard_request();

CREATE FUNCTION lethe_guard_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE about privacy_requests;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'an approval is never changed';
  END IF;
  SELECT * INTO about FROM privacy_requests r WHERE r.project_uuid = NEW.project_uuid AND r.uuid = NEW.request_uuid FOR SHARE;
  IF about.state NOT IN ('awaiting_approval', 'scheduled') OR about.plan_hash IS DISTINCT FROM NEW.plan_hash THEN
    RAISE EXCEPTION 'the plan is another one by now' USING ERRCODE = 'LT006';
  END IF;
  IF NEW.operator_uuid = about.about_operator THEN
    RAISE EXCEPTION 'nobody decides a request about themselves' USING ERRCODE = 'LT005';
  END IF;
  IF NEW.operator_uuid IN (about.filed_by, about.submitted_by)
    AND coalesce((SELECT approvals_required FROM privacy_policies p WHERE p.project_uuid = NEW.project_uuid), 0) > 0 THEN
    RAISE EXCEPTION 'it takes a second person' USING ERRCODE = 'LT005';
  END IF;
  IF NOT EXISTS (SELECT FROM memberships m WHERE m.project_uuid = NEW.project_uuid AND m.operator_uuid = NEW.operator_uuid
      AND m.disabled_at IS NULL AND m.role IN ('privacy', 'admin')) THEN
    RAISE EXCEPTION 'only who may erase can approve it' USING ERRCODE = 'LT005';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER request_approvals_guarded BEFORE INSERT OR UPDATE OR DELETE ON request_approvals FOR EACH ROW EXECUTE FUNCTION lethe_guard_approval();
CREATE TRIGGER request_approvals_never_emptied BEFORE TRUNCATE ON request_approvals FOR EACH STATEMENT EXECUTE FUNCTION lethe_guard_approval();

-- Mentions are decided while a request is in review: afterwards what was decided is part of the plan.
CREATE FUNCTION lethe_guard_mention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM privacy_requests r WHERE r.project_uuid = NEW.project_uuid AND r.uuid = NEW.request_uuid
      AND r.state IN ('verified', 'in_review', 'on_hold')) THEN
    RAISE EXCEPTION 'a plan that was handed in is never changed: it goes back to review';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER request_mentions_guarded BEFORE INSERT OR UPDATE ON request_mentions FOR EACH ROW EXECUTE FUNCTION lethe_guard_mention();

-- Nothing new is taken in about whoever is restricted, on any path, and nothing of theirs is copied to somebody else.
CREATE FUNCTION lethe_refuse_restricted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE restricted boolean;
BEGIN
  IF NOT EXISTS (SELECT FROM restrictions) THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'episodes' THEN
    restricted := EXISTS (SELECT FROM added a JOIN restrictions r ON r.project_uuid = a.project_uuid AND r.user_uuid IN (a.graph_uuid, a.origin_graph));
  ELSE
    restricted := EXISTS (SELECT FROM added a JOIN restrictions r ON r.project_uuid = a.project_uuid AND r.user_uuid = a.user_uuid);
  END IF;
  IF restricted THEN
    RAISE EXCEPTION 'this person is restricted' USING ERRCODE = 'LT004';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER sessions_restricted AFTER INSERT ON sessions REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_restricted();
CREATE TRIGGER messages_restricted AFTER INSERT ON messages REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_restricted();
CREATE TRIGGER episodes_restricted AFTER INSERT ON episodes REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_restricted();

-- Nor is what is known of them changed, but by the erasure of somebody else who stands in it.
CREATE FUNCTION lethe_refuse_restricted_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE person uuid;
BEGIN
  IF current_setting('lethe.erasing', TRUE) = 'on' THEN
    RETURN NEW;
  END IF;
  IF TG_TABLE_NAME = 'users' THEN
    person := OLD.uuid;
  ELSIF TG_TABLE_NAME = 'episodes' THEN
    person := OLD.graph_uuid;
  ELSE
    person := NEW.user_uuid;
  END IF;
  IF EXISTS (SELECT FROM restrictions r WHERE r.project_uuid = OLD.project_uuid AND r.user_uuid = person) THEN
    RAISE EXCEPTION 'this person is restricted' USING ERRCODE = 'LT004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER users_changed_restricted BEFORE UPDATE OF user_id, email, first_name, last_name, metadata, time_zone ON users FOR EACH ROW
WHEN ((OLD.user_id, OLD.email, OLD.first_name, OLD.last_name, OLD.metadata, OLD.time_zone)
  IS DISTINCT FROM (NEW.user_id, NEW.email, NEW.first_name, NEW.last_name, NEW.metadata, NEW.time_zone))
EXECUTE FUNCTION lethe_refuse_restricted_change();
CREATE TRIGGER sessions_changed_restricted BEFORE UPDATE OF user_uuid, metadata ON sessions FOR EACH ROW
WHEN ((OLD.user_uuid, OLD.metadata) IS DISTINCT FROM (NEW.user_uuid, NEW.metadata)) EXECUTE FUNCTION lethe_refuse_restricted_change();
CREATE TRIGGER messages_changed_restricted BEFORE UPDATE OF content, metadata ON messages FOR EACH ROW
WHEN ((OLD.content, OLD.metadata) IS DISTINCT FROM (NEW.content, NEW.metadata)) EXECUTE FUNCTION lethe_refuse_restricted_change();
CREATE TRIGGER episodes_changed_restricted BEFORE UPDATE OF content, metadata ON episodes FOR EACH ROW
WHEN ((OLD.content, OLD.metadata) IS DISTINCT FROM (NEW.content, NEW.metadata)) EXECUTE FUNCTION lethe_refuse_restricted_change();
