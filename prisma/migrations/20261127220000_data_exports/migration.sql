-- Copies of everything about a person, made for them: sealed, for who has the link, once, for a while.
CREATE TABLE data_exports (
  project_uuid uuid NOT NULL REFERENCES projects (uuid) ON DELETE CASCADE ON UPDATE CASCADE,
  user_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  token_hash bytea NOT NULL,
  created_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3) NOT NULL,
  size_bytes bigint NOT NULL,
  downloaded_at timestamptz(3),
  CONSTRAINT data_exports_pkey PRIMARY KEY (project_uuid, user_uuid, uuid),
  FOREIGN KEY (project_uuid, user_uuid) REFERENCES users (project_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX data_exports_token_hash_key ON data_exports (token_hash);
CREATE INDEX data_exports_expires_at_idx ON data_exports (expires_at);

CREATE TABLE data_export_pieces (
  project_uuid uuid NOT NULL,
  user_uuid uuid NOT NULL,
  export_uuid uuid NOT NULL,
  place integer NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT data_export_pieces_pkey PRIMARY KEY (project_uuid, user_uuid, export_uuid, place),
  FOREIGN KEY (project_uuid, user_uuid, export_uuid) REFERENCES data_exports (project_uuid, user_uuid, uuid)
    ON DELETE CASCADE ON UPDATE CASCADE
);
