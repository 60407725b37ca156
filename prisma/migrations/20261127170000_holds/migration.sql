-- What must not be deleted, because a matter needs it: a person, or one of their sessions.
CREATE TABLE legal_holds (
  project_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  user_uuid uuid NOT NULL,
  session_uuid uuid,
  matter text NOT NULL,
  placed_by uuid,
  placed_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  review_at date,
  released_by uuid,
  released_at timestamptz(3),
  release_reason text,
  CONSTRAINT legal_holds_pkey PRIMARY KEY (project_uuid, uuid),
  CONSTRAINT legal_holds_project_uuid_fkey FOREIGN KEY (project_uuid) REFERENCES projects (uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX legal_holds_project_uuid_user_uuid_idx ON legal_holds (project_uuid, user_uuid);

-- Erasures that a hold has stopped; its release does them.
CREATE TABLE stopped_erasures (
  project_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  user_uuid uuid NOT NULL,
  session_uuid uuid,
  kept_out boolean NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT stopped_erasures_pkey PRIMARY KEY (project_uuid, uuid),
  CONSTRAINT stopped_erasures_project_uuid_fkey FOREIGN KEY (project_uuid) REFERENCES projects (uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX stopped_erasures_project_uuid_user_uuid_idx ON stopped_erasures (project_uuid, user_uuid);

CREATE FUNCTION lethe_is_held(project uuid, person uuid, session uuid) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM legal_holds h WHERE h.project_uuid = project AND h.user_uuid = person AND h.released_at IS NULL
  AND (h.session_uuid IS NULL OR h.session_uuid = session));

-- No way of deleting can forget a hold. Facts and nodes that weaving replaces are no loss: what they rest on is held.
CREATE FUNCTION lethe_refuse_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held boolean := FALSE;
BEGIN
  IF NOT EXISTS (SELECT FROM legal_holds WHERE released_at IS NULL) THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'users' THEN
    held := EXISTS (SELECT FROM gone g JOIN legal_holds h ON h.project_uuid = g.project_uuid AND h.user_uuid = g.uuid AND h.released_at IS NULL);
  ELSIF TG_TABLE_NAME = 'sessions' THEN
    held := EXISTS (SELECT FROM gone g WHERE lethe_is_held(g.project_uuid, g.user_uuid, g.uuid));
  ELSIF TG_TABLE_NAME = 'messages' THEN
    held := EXISTS (SELECT FROM (SELECT DISTINCT project_uuid, user_uuid, session_uuid FROM gone) g
      WHERE lethe_is_held(g.project_uuid, g.user_uuid, g.session_uuid));
  ELSIF TG_TABLE_NAME = 'episodes' THEN
    held := EXISTS (SELECT FROM (SELECT DISTINCT project_uuid, graph_uuid, origin_graph, session_uuid FROM gone) g
      WHERE lethe_is_held(g.project_uuid, g.graph_uuid, g.session_uuid) OR lethe_is_held(g.project_uuid, g.origin_graph, g.session_uuid));
  ELSIF current_setting('lethe.reweaving', TRUE) IS DISTINCT FROM 'on' THEN
    held := EXISTS (SELECT FROM (SELECT DISTINCT project_uuid, graph_uuid FROM gone) g
      WHERE lethe_is_held(g.project_uuid, g.graph_uuid, NULL));
  END IF;
  IF held THEN
    RAISE EXCEPTION 'a legal hold keeps this' USING ERRCODE = 'LT003';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER users_held AFTER DELETE ON users REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_held();
CREATE TRIGGER sessions_held AFTER DELETE ON sessions REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_held();
CREATE TRIGGER messages_held AFTER DELETE ON messages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_held();
CREATE TRIGGER episodes_held AFTER DELETE ON episodes REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_held();
CREATE TRIGGER nodes_held AFTER DELETE ON nodes REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_held();
CREATE TRIGGER edges_held AFTER DELETE ON edges REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_held();
CREATE TRIGGER claims_held AFTER DELETE ON claims REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_held();

-- What was said is not overwritten either, nor made to look as if it came from elsewhere.
CREATE FUNCTION lethe_refuse_rewording_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'messages' THEN
    IF lethe_is_held(OLD.project_uuid, OLD.user_uuid, OLD.session_uuid) THEN
      RAISE EXCEPTION 'a legal hold keeps this' USING ERRCODE = 'LT003';
    END IF;
  ELSIF lethe_is_held(OLD.project_uuid, OLD.graph_uuid, OLD.session_uuid) OR lethe_is_held(OLD.project_uuid, OLD.origin_graph, OLD.session_uuid) THEN
    RAISE EXCEPTION 'a legal hold keeps this' USING ERRCODE = 'LT003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER messages_reworded_held BEFORE UPDATE OF content ON messages FOR EACH ROW
WHEN (OLD.content IS DISTINCT FROM NEW.content) EXECUTE FUNCTION lethe_refuse_rewording_held();
CREATE TRIGGER episodes_reworded_held BEFORE UPDATE OF content, origin_graph ON episodes FOR EACH ROW
WHEN (OLD.content IS DISTINCT FROM NEW.content OR OLD.origin_graph IS DISTINCT FROM NEW.origin_graph)
EXECUTE FUNCTION lethe_refuse_rewording_held();

-- A session that is given to whom it belongs takes its hold along.
CREATE FUNCTION lethe_move_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO legal_holds (project_uuid, uuid, user_uuid, session_uuid, matter, placed_by, placed_at, review_at)
  SELECT h.project_uuid, gen_random_uuid(), NEW.user_uuid, NEW.uuid, h.matter, h.placed_by, h.placed_at, h.review_at
  FROM legal_holds h WHERE h.project_uuid = OLD.project_uuid AND h.user_uuid = OLD.user_uuid AND h.released_at IS NULL
    AND (h.session_uuid IS NULL OR h.session_uuid = OLD.uuid);
  UPDATE legal_holds SET released_at = now(), release_reason = 'The session was given to whom it belongs, and is held there.'
  WHERE project_uuid = OLD.project_uuid AND user_uuid = OLD.user_uuid AND session_uuid = OLD.uuid AND released_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER session_moved_held AFTER UPDATE OF user_uuid ON sessions FOR EACH ROW
WHEN (OLD.user_uuid IS DISTINCT FROM NEW.user_uuid) EXECUTE FUNCTION lethe_move_holds();

-- TRUNCATE tells no rows: where anything is held, nothing may be emptied.
CREATE FUNCTION lethe_refuse_emptying_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM legal_holds WHERE released_at IS NULL) THEN
    RAISE EXCEPTION 'a legal hold keeps this' USING ERRCODE = 'LT003';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER users_held_whole BEFORE TRUNCATE ON users FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_emptying_held();
CREATE TRIGGER sessions_held_whole BEFORE TRUNCATE ON sessions FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_emptying_held();
CREATE TRIGGER messages_held_whole BEFORE TRUNCATE ON messages FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_emptying_held();
CREATE TRIGGER episodes_held_whole BEFORE TRUNCATE ON episodes FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_emptying_held();

-- A hold is ended by its release and by nothing else.
CREATE FUNCTION lethe_hold_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.released_at IS NULL THEN
    RAISE EXCEPTION 'a hold is released, not deleted';
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.released_at IS NOT NULL OR NEW.released_at IS NULL OR NEW.release_reason IS NULL
      OR (OLD.project_uuid, OLD.uuid, OLD.user_uuid, OLD.session_uuid) IS DISTINCT FROM (NEW.project_uuid, NEW.uuid, NEW.user_uuid, NEW.session_uuid)) THEN
    RAISE EXCEPTION 'a hold is only ever released, with a reason';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER legal_holds_kept BEFORE UPDATE OR DELETE ON legal_holds FOR EACH ROW EXECUTE FUNCTION lethe_hold_kept();
