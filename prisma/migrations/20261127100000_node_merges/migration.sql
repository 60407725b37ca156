-- Two nodes that were made one by hand can be parted again, as long as the one that stayed is there.
CREATE TABLE node_merges (
  project_uuid uuid NOT NULL,
  graph_uuid uuid NOT NULL,
  episode_uuid uuid NOT NULL,
  kept_uuid uuid NOT NULL,
  gone_uuid uuid NOT NULL,
  before jsonb NOT NULL,
  CONSTRAINT node_merges_pkey PRIMARY KEY (project_uuid, graph_uuid, episode_uuid),
  CONSTRAINT node_merges_episode_fkey FOREIGN KEY (project_uuid, graph_uuid, episode_uuid)
    REFERENCES episodes (project_uuid, graph_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT node_merges_kept_fkey FOREIGN KEY (project_uuid, graph_uuid, kept_uuid)
    REFERENCES nodes (project_uuid, graph_uuid, uuid) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX node_merges_kept ON node_merges (project_uuid, graph_uuid, kept_uuid);
