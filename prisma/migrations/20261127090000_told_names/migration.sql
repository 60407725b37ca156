-- English puts an article before these names: "studies at the University of Leeds" (as `renderTemplate` in lib/relations.ts).
CREATE OR REPLACE FUNCTION lethe_tell(template text, subject text, object text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT replace(replace(template, '{object}', CASE
    WHEN object ~ '^(University|College|Academy|Institute|Faculty|Museum|Ministry|Department) of ' THEN 'the ' || object
    ELSE object END), '{subject}', subject) $$;

UPDATE edges e SET fact = lethe_tell(e.template, s.name, t.name),
  terms = lethe_terms(e.name || ' ' || lethe_tell(e.template, s.name, t.name))
FROM nodes s, nodes t
WHERE e.template IS NOT NULL
  AND s.project_uuid = e.project_uuid AND s.graph_uuid = e.graph_uuid AND s.uuid = e.source_uuid
  AND t.project_uuid = e.project_uuid AND t.graph_uuid = e.graph_uuid AND t.uuid = e.target_uuid
  AND e.fact <> lethe_tell(e.template, s.name, t.name);

-- What older readers have read is read again by the reader of now (READER in lib/ingestion/waiting-episodes.ts).
DROP INDEX episodes_stale;
CREATE INDEX episodes_stale ON episodes (project_uuid, graph_uuid, seq)
  WHERE processed_at IS NOT NULL AND reader < 3 AND source IN ('message', 'text', 'json');
