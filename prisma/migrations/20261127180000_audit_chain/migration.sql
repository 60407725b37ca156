-- The trail as a chain: each event's hash holds the one before. One writer links what was committed, so that nobody who
-- acts waits for another; until then an event waits here.
CREATE TABLE audit_unlinked (
  project_uuid uuid NOT NULL,
  seq bigint NOT NULL,
  CONSTRAINT audit_unlinked_pkey PRIMARY KEY (project_uuid, seq)
);
CREATE TABLE audit_links (
  project_uuid uuid NOT NULL,
  position bigint NOT NULL,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT audit_links_pkey PRIMARY KEY (project_uuid, position),
  CONSTRAINT audit_links_event_fkey FOREIGN KEY (project_uuid, seq) REFERENCES audit_events (project_uuid, seq) ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX audit_links_project_uuid_seq_key ON audit_links (project_uuid, seq);

CREATE FUNCTION lethe_queue_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_unlinked (project_uuid, seq) SELECT project_uuid, seq FROM stored;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_events_unlinked AFTER INSERT ON audit_events
REFERENCING NEW TABLE AS stored FOR EACH STATEMENT EXECUTE FUNCTION lethe_queue_audit();
CREATE TRIGGER audit_links_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_links
FOR EACH STATEMENT EXECUTE FUNCTION lethe_refuse_change();
INSERT INTO audit_unlinked (project_uuid, seq) SELECT project_uuid, seq FROM audit_events;
