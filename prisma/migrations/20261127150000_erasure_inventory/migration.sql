-- What was copied knows where it came from, so that it goes when that goes.
ALTER TABLE episodes ADD COLUMN origin_graph uuid, ADD COLUMN origin_uuid uuid;
ALTER TABLE nodes ADD COLUMN origin_graph uuid;
CREATE INDEX episodes_origins ON episodes (project_uuid, origin_graph, origin_uuid) WHERE origin_graph IS NOT NULL;
CREATE INDEX nodes_origins ON nodes (project_uuid, origin_graph) WHERE origin_graph IS NOT NULL;

-- Copies made before this are found by how their uuids were made.
ALTER TABLE episodes DISABLE TRIGGER USER;
ALTER TABLE nodes DISABLE TRIGGER USER;
CREATE TEMPORARY TABLE clones ON COMMIT DROP AS
  SELECT a.project_uuid, a.object_uuid AS source, b.object_uuid AS target
  FROM audit_events a JOIN audit_events b ON b.project_uuid = a.project_uuid AND b.at = a.at AND b.seq > a.seq
  WHERE a.action = 'graph.cloned' AND b.action = 'graph.cloned' AND a.object_uuid <> b.object_uuid;
UPDATE episodes c SET origin_graph = e.graph_uuid, origin_uuid = e.uuid
FROM clones k JOIN episodes e ON e.project_uuid = k.project_uuid AND e.graph_uuid = k.source
WHERE c.project_uuid = k.project_uuid AND c.graph_uuid = k.target AND c.uuid = lethe_seeded_uuid(e.uuid::text || k.target::text);
UPDATE nodes c SET origin_graph = n.graph_uuid
FROM clones k JOIN nodes n ON n.project_uuid = k.project_uuid AND n.graph_uuid = k.source
WHERE c.project_uuid = k.project_uuid AND c.graph_uuid = k.target AND c.uuid = lethe_seeded_uuid(n.uuid::text || k.target::text);
ALTER TABLE nodes ENABLE TRIGGER USER;
ALTER TABLE episodes ENABLE TRIGGER USER;

-- A person appears in the trail as their reference and nothing else; a session, a message or a graph of theirs leads to them.
ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only;
UPDATE audit_events SET object_uuid = NULL
WHERE subject_ref IS NOT NULL AND object_uuid IS NOT NULL;
ALTER TABLE audit_events ENABLE TRIGGER audit_events_append_only;
