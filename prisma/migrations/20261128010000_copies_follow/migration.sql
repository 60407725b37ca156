-- What was to become of mentions is done as well when the hold that has stopped an erasure is released.
ALTER TABLE stopped_erasures ADD COLUMN mentions mention_decision;

-- A copy of somebody's data that waits for them holds what was theirs when it was made: whatever is taken out of their
-- conversations or their graph, on whatever path, takes it away.
CREATE FUNCTION lethe_drop_copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM data_exports WHERE downloaded_at IS NULL) THEN
    RETURN NULL;
  END IF;
  IF TG_TABLE_NAME = 'episodes' THEN
    DELETE FROM data_exports x WHERE x.downloaded_at IS NULL AND EXISTS (SELECT FROM gone g
      WHERE g.project_uuid = x.project_uuid AND g.graph_uuid = x.user_uuid);
  ELSE
    DELETE FROM data_exports x WHERE x.downloaded_at IS NULL AND EXISTS (SELECT FROM gone g
      WHERE g.project_uuid = x.project_uuid AND g.user_uuid = x.user_uuid);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER episodes_copied AFTER DELETE ON episodes REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lethe_drop_copies();
CREATE TRIGGER messages_copied AFTER DELETE ON messages REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lethe_drop_copies();

CREATE FUNCTION lethe_drop_copies_reworded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'episodes' THEN
    DELETE FROM data_exports x WHERE x.project_uuid = OLD.project_uuid AND x.user_uuid = OLD.graph_uuid AND x.downloaded_at IS NULL;
  ELSE
    DELETE FROM data_exports x WHERE x.project_uuid = OLD.project_uuid AND x.user_uuid = OLD.user_uuid AND x.downloaded_at IS NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER episodes_copied_reworded AFTER UPDATE OF content ON episodes FOR EACH ROW
WHEN (OLD.content IS DISTINCT FROM NEW.content) EXECUTE FUNCTION lethe_drop_copies_reworded();
CREATE TRIGGER messages_copied_reworded AFTER UPDATE OF content ON messages FOR EACH ROW
WHEN (OLD.content IS DISTINCT FROM NEW.content) EXECUTE FUNCTION lethe_drop_copies_reworded();
