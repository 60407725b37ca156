-- California's list of deletions (DROP): who is on it, whom that matches here, and what the State was told.
CREATE TABLE deletion_list_items (
  project_uuid uuid NOT NULL,
  work_item text NOT NULL,
  list text NOT NULL,
  identifier bytea NOT NULL,
  added_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  removed_at timestamptz(3),
  matched_at timestamptz(3),
  request_uuid uuid,
  filings integer NOT NULL DEFAULT 0,
  opted_out_at timestamptz(3),
  opted_out_by uuid,
  reported_code integer,
  reported_at timestamptz(3),
  CONSTRAINT deletion_list_items_pkey PRIMARY KEY (project_uuid, work_item),
  CONSTRAINT deletion_list_items_project_uuid_fkey FOREIGN KEY (project_uuid) REFERENCES projects (uuid) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT deletion_list_items_code CHECK (reported_code IN (2, 3, 4, 5))
);

CREATE TABLE deletion_list_matches (
  project_uuid uuid NOT NULL,
  work_item text NOT NULL,
  user_uuid uuid NOT NULL,
  CONSTRAINT deletion_list_matches_pkey PRIMARY KEY (project_uuid, work_item, user_uuid),
  CONSTRAINT deletion_list_matches_project_uuid_work_item_fkey FOREIGN KEY (project_uuid, work_item) REFERENCES deletion_list_items (project_uuid, work_item) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT deletion_list_matches_project_uuid_user_uuid_fkey FOREIGN KEY (project_uuid, user_uuid) REFERENCES users (project_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX deletion_list_matches_user_idx ON deletion_list_matches (project_uuid, user_uuid);
