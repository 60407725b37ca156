-- What an end of a claim is called by, as digests: by these somebody who was retracted is known again when nodes become one, in
-- a copy of the graph, and in another person's graph. The person in the centre is called nothing, whatever their name.
CREATE FUNCTION lethe_node_keys(project uuid, graph uuid, node uuid) RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT CASE node WHEN graph THEN ARRAY[md5('')::uuid] ELSE '{}' END
  || ARRAY(SELECT md5(n.key)::uuid FROM public.node_names n
    WHERE n.project_uuid = project AND n.graph_uuid = graph AND n.node_uuid = node ORDER BY n.key) $$;

ALTER TABLE retractions ADD COLUMN uuid uuid, ADD COLUMN source_keys uuid[] NOT NULL DEFAULT '{}',
  ADD COLUMN target_keys uuid[] NOT NULL DEFAULT '{}';
UPDATE retractions SET uuid = gen_random_uuid();
ALTER TABLE retractions ALTER COLUMN uuid SET NOT NULL, DROP CONSTRAINT retractions_pkey,
  ADD CONSTRAINT retractions_pkey PRIMARY KEY (project_uuid, graph_uuid, uuid);
CREATE INDEX retractions_project_uuid_graph_uuid_of_episode_says_idx ON retractions (project_uuid, graph_uuid, of_episode, says);
INSERT INTO retractions (project_uuid, graph_uuid, uuid, episode_uuid, of_episode, says, source_keys, target_keys)
SELECT DISTINCT ON (r.uuid) r.project_uuid, r.graph_uuid, gen_random_uuid(), r.episode_uuid, r.of_episode, lethe_says(c.name, c.fact),
  lethe_node_keys(c.project_uuid, c.graph_uuid, c.source_uuid), lethe_node_keys(c.project_uuid, c.graph_uuid, c.target_uuid)
FROM retractions r JOIN claims c ON c.project_uuid = r.project_uuid AND c.graph_uuid = r.graph_uuid
  AND c.episode_uuid = r.of_episode AND lethe_claim_says(c.name, c.fact, c.source_uuid, c.target_uuid) = r.says;
-- Whose claims are gone cannot be known by name any more: what they came from is never read again by itself.
ALTER TABLE episodes DISABLE TRIGGER USER;
UPDATE episodes e SET reader = 32767 FROM retractions r
WHERE r.project_uuid = e.project_uuid AND r.graph_uuid = e.graph_uuid AND r.of_episode = e.uuid AND r.source_keys = '{}'
  AND NOT EXISTS (SELECT FROM claims c WHERE c.project_uuid = r.project_uuid AND c.graph_uuid = r.graph_uuid
    AND c.episode_uuid = r.of_episode AND lethe_claim_says(c.name, c.fact, c.source_uuid, c.target_uuid) = r.says);
ALTER TABLE episodes ENABLE TRIGGER USER;
DELETE FROM retractions WHERE source_keys = '{}';
ALTER TABLE retractions ALTER COLUMN source_keys DROP DEFAULT, ALTER COLUMN target_keys DROP DEFAULT;
DROP FUNCTION lethe_claim_says(text, text, uuid, uuid);

-- Favorites are single-valued by kind, which their sentence names: a new favorite color ends the old one, and no favorite movie.
CREATE OR REPLACE FUNCTION lethe_claim_slot(source uuid, name text, target uuid, single boolean, fact text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN name = 'SAID' THEN source || ' SAID ' || md5(fact)
  WHEN name = 'HAS_FAVORITE' AND single THEN source || ' HAS_FAVORITE ' || md5(fact)
  ELSE public.lethe_slot(source, name, target, single) END $$;
