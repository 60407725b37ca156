-- A code by which a person shows that it is they who ask: sent apart from the link that it is entered behind.
CREATE TABLE request_codes (
  project_uuid uuid NOT NULL,
  request_uuid uuid NOT NULL,
  token_hash bytea NOT NULL,
  code_hash bytea NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT request_codes_pkey PRIMARY KEY (project_uuid, request_uuid),
  CONSTRAINT request_codes_project_uuid_request_uuid_fkey FOREIGN KEY (project_uuid, request_uuid) REFERENCES privacy_requests (project_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX request_codes_token_hash_key ON request_codes (token_hash);
