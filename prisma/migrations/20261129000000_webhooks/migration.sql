-- Applications are told of what happens to people's data: webhooks, what is on its way to them, and each attempt.
CREATE TABLE webhooks (
  project_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  url text NOT NULL,
  events text[],
  secret text NOT NULL,
  former_secret text,
  former_until timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  disabled_at timestamptz(3),
  disabled_reason text,
  CONSTRAINT webhooks_pkey PRIMARY KEY (project_uuid, uuid),
  CONSTRAINT webhooks_project_uuid_fkey FOREIGN KEY (project_uuid) REFERENCES projects (uuid) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE webhook_deliveries (
  project_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  webhook_uuid uuid NOT NULL,
  event text NOT NULL,
  body text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  tries integer NOT NULL DEFAULT 0,
  next_at timestamptz(3) DEFAULT CURRENT_TIMESTAMP,
  arrived_at timestamptz(3),
  CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (project_uuid, uuid),
  CONSTRAINT webhook_deliveries_project_uuid_webhook_uuid_fkey FOREIGN KEY (project_uuid, webhook_uuid) REFERENCES webhooks (project_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX webhook_deliveries_log_idx ON webhook_deliveries (project_uuid, webhook_uuid, created_at);
CREATE INDEX webhook_deliveries_due_idx ON webhook_deliveries (next_at);

CREATE TABLE webhook_attempts (
  project_uuid uuid NOT NULL,
  uuid uuid NOT NULL,
  delivery_uuid uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  status integer,
  problem text,
  milliseconds integer NOT NULL,
  CONSTRAINT webhook_attempts_pkey PRIMARY KEY (project_uuid, uuid),
  CONSTRAINT webhook_attempts_project_uuid_delivery_uuid_fkey FOREIGN KEY (project_uuid, delivery_uuid) REFERENCES webhook_deliveries (project_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX webhook_attempts_delivery_idx ON webhook_attempts (project_uuid, delivery_uuid);
