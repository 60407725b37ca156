-- A session that nobody announced has a user of its own until somebody claims it.
ALTER TABLE "users" ADD COLUMN "placeholder" BOOLEAN NOT NULL DEFAULT FALSE;

-- A session that changes hands takes its counts along, as it would by being added and removed.
CREATE FUNCTION lethe_session_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users u SET
    session_count = u.session_count + CASE u.uuid WHEN NEW.user_uuid THEN 1 ELSE -1 END,
    message_count = u.message_count + CASE u.uuid WHEN NEW.user_uuid THEN 1 ELSE -1 END * NEW.message_count,
    last_activity_at = lethe_last_activity(u.project_uuid, u.uuid)
  WHERE u.project_uuid = NEW.project_uuid AND u.uuid IN (OLD.user_uuid, NEW.user_uuid);
  RETURN NULL;
END $$;
CREATE TRIGGER session_moved AFTER UPDATE OF user_uuid ON sessions FOR EACH ROW
WHEN (OLD.user_uuid IS DISTINCT FROM NEW.user_uuid) EXECUTE FUNCTION lethe_session_moved();
