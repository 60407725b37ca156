-- How far long work has come, told outside of its transaction.
CREATE UNLOGGED TABLE running_work (
  project_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  started_by uuid,
  started_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  step text NOT NULL DEFAULT '',
  done bigint NOT NULL DEFAULT 0,
  total bigint NOT NULL,
  stop_asked boolean NOT NULL DEFAULT FALSE,
  CONSTRAINT running_work_pkey PRIMARY KEY (project_uuid, uuid),
  CONSTRAINT running_work_project_uuid_fkey FOREIGN KEY (project_uuid) REFERENCES projects (uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
