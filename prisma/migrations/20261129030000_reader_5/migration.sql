-- What older readers have read is read again by the reader of now (READER in lib/ingestion/waiting-episodes.ts).
DROP INDEX episodes_stale;
CREATE INDEX episodes_stale ON episodes (project_uuid, graph_uuid, seq)
  WHERE processed_at IS NOT NULL AND reader < 5 AND source IN ('message', 'text', 'json');
