-- California's list of deletions (DROP): who is on it, whom that matches here, and what the State was told.
CREATE TABLE deletion_list_items (
  project_uuid uuid NOT NULL,
  work_item text NOT NULL,
  list text NOT NULL,
  identifier bytea NOT NULL,
  added_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  removed_at timestamptz(3),
  compared_at timestamptz(3),
  request_uuid uuid,
  filings integer NOT NULL DEFAULT 0,
  erased_at timestamptz(3),
  receipt_uuid uuid,
  reported_code integer,
  CONSTRAINT deletion_list_items_pkey PRIMARY KEY (project_uuid, work_item),
  CONSTRAINT deletion_list_items_project_uuid_fkey FOREIGN KEY (project_uuid) REFERENCES projects (uuid) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT deletion_list_items_code CHECK (reported_code IN (2, 3, 4, 5))
);
CREATE INDEX deletion_list_items_erased_idx ON deletion_list_items (project_uuid, erased_at);

CREATE TABLE deletion_list_matches (
  project_uuid uuid NOT NULL,
  work_item text NOT NULL,
  user_uuid uuid NOT NULL,
  since timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  request_uuid uuid,
  opted_out_at timestamptz(3),
  opted_out_by uuid,
  CONSTRAINT deletion_list_matches_pkey PRIMARY KEY (project_uuid, work_item, user_uuid),
  CONSTRAINT deletion_list_matches_project_uuid_work_item_fkey FOREIGN KEY (project_uuid, work_item) REFERENCES deletion_list_items (project_uuid, work_item) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT deletion_list_matches_project_uuid_user_uuid_fkey FOREIGN KEY (project_uuid, user_uuid) REFERENCES users (project_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX deletion_list_matches_user_idx ON deletion_list_matches (project_uuid, user_uuid);

CREATE TABLE deletion_list_runs (
  project_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  kind text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  rows jsonb NOT NULL,
  CONSTRAINT deletion_list_runs_pkey PRIMARY KEY (project_uuid, uuid),
  CONSTRAINT deletion_list_runs_project_uuid_fkey FOREIGN KEY (project_uuid) REFERENCES projects (uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX deletion_list_runs_at_idx ON deletion_list_runs (project_uuid, kind, at);

-- Whoever matched and is erased, by whatever way, leaves behind that there was somebody and when they went; nothing of who it was.
CREATE FUNCTION lethe_note_listed_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE deletion_list_items i SET erased_at = now()::timestamptz(3), receipt_uuid = NULL
  WHERE i.project_uuid = OLD.project_uuid AND i.work_item = OLD.work_item;
  RETURN NULL;
END $$;
CREATE TRIGGER deletion_list_matches_erased AFTER DELETE ON deletion_list_matches FOR EACH ROW
WHEN (current_setting('lethe.erasing', TRUE) = 'on') EXECUTE FUNCTION lethe_note_listed_erased();

-- On which ground a request was refused stays when what anybody wrote of it goes.
ALTER TABLE privacy_requests ADD COLUMN refusal_ground text;
