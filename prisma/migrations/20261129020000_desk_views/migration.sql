-- Days on which the team's country rests, and views of the queue that the team has kept.
ALTER TABLE privacy_policies ADD COLUMN rest_days text[];

CREATE TABLE saved_views (
  project_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  name text NOT NULL,
  query jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT saved_views_pkey PRIMARY KEY (project_uuid, uuid),
  CONSTRAINT saved_views_project_uuid_fkey FOREIGN KEY (project_uuid) REFERENCES projects (uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX saved_views_name ON saved_views (project_uuid, name);

-- A request is in the queue until the person has been told how it ended.
DROP INDEX privacy_requests_due;
CREATE INDEX privacy_requests_due ON privacy_requests (project_uuid, answer_by, number) WHERE answered_at IS NULL AND state <> 'expired';
