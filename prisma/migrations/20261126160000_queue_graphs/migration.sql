-- What waits is queued in the transaction that stores it, and by the database, so that no path can forget it. A job is
-- inserted as the queue's own documentation allows ("direct database interactions"), with what the queue says of its jobs.
-- A graph that is queued already stays as it is: one job works off all that waits in it.
CREATE FUNCTION lethe_queue_graphs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lethe_queue.job (name, data, singleton_key, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max,
    expire_seconds, deletion_seconds, heartbeat_seconds, keep_until)
  SELECT queue.name, json_build_object('projectUuid', waiting.project_uuid, 'uuid', waiting.graph_uuid), waiting.graph_uuid,
    queue.policy, queue.retry_limit, queue.retry_delay, queue.retry_backoff, queue.retry_delay_max,
    queue.expire_seconds, queue.deletion_seconds, queue.heartbeat_seconds, now() + queue.retention_seconds * interval '1 second'
  FROM (SELECT DISTINCT project_uuid, graph_uuid FROM stored WHERE processed_at IS NULL AND failed_at IS NULL) AS waiting
  JOIN lethe_queue.queue ON queue.name = 'graphs'
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER episodes_queued AFTER INSERT ON episodes
REFERENCING NEW TABLE AS stored FOR EACH STATEMENT EXECUTE FUNCTION lethe_queue_graphs();
CREATE TRIGGER episodes_queued_again AFTER UPDATE ON episodes
REFERENCING NEW TABLE AS stored FOR EACH STATEMENT EXECUTE FUNCTION lethe_queue_graphs();
