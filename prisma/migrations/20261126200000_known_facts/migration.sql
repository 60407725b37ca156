-- What is said can hold beside what holds already, be one of all that hold, or end only what is known.
ALTER TYPE "claim_kind" ADD VALUE 'adds';
ALTER TYPE "claim_kind" ADD VALUE 'lists';
ALTER TYPE "claim_kind" ADD VALUE 'closes';

-- The sentence of a known fact with the places of its ends open; what somebody stated in their own words has none.
ALTER TABLE edges ADD COLUMN template text;

-- What a claim says, for those who retract it: a sentence with open places says nothing without what stands in them.
CREATE FUNCTION lethe_claim_says(name text, fact text, source uuid, target uuid) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN position('{subject}' in fact) > 0 THEN md5(name || ' ' || public.lethe_fold(fact) || ' ' || source || ' ' || target)::uuid
  ELSE public.lethe_says(name, fact) END $$;

-- Each quotation is a slot of its own: no two of them say the same, and none ends another.
CREATE FUNCTION lethe_claim_slot(source uuid, name text, target uuid, single boolean, fact text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE name WHEN 'SAID' THEN source || ' SAID ' || md5(fact) ELSE public.lethe_slot(source, name, target, single) END $$;

-- What a text asked of memory itself: not to be remembered; or in which language it is, where that one is not read.
ALTER TABLE episodes ADD COLUMN withheld boolean NOT NULL DEFAULT FALSE, ADD COLUMN unread_language text;

-- Which reader has read it. What the first one read is read again by the new one, behind whatever is new; what a language
-- model read stays as it is.
ALTER TABLE episodes ADD COLUMN reader smallint NOT NULL DEFAULT 0;
ALTER TABLE episodes DISABLE TRIGGER USER;
UPDATE episodes e SET reader = 1 WHERE EXISTS (SELECT FROM claims c WHERE c.project_uuid = e.project_uuid
  AND c.graph_uuid = e.graph_uuid AND c.episode_uuid = e.uuid AND c.extractor = 'model')
  -- What somebody has corrected is known by the first reader's words: rather the old facts than one that was deleted.
  OR EXISTS (SELECT FROM retractions r WHERE r.project_uuid = e.project_uuid AND r.graph_uuid = e.graph_uuid AND r.of_episode = e.uuid);
ALTER TABLE episodes ENABLE TRIGGER USER;
CREATE INDEX episodes_stale ON episodes (project_uuid, graph_uuid, seq)
  WHERE processed_at IS NOT NULL AND reader < 1 AND source IN ('message', 'text', 'json');

-- Where on earth something was said: "yesterday" counts from the day there.
ALTER TABLE episodes ADD COLUMN utc_offset smallint;

-- The subject is put in last, so that a name which looks like a place stays a name.
CREATE FUNCTION lethe_tell(template text, subject text, object text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT replace(replace(template, '{object}', object), '{subject}', subject) $$;

-- Known facts are told with the present names of their nodes, whichever way a name changes. Whoever is known only by what
-- they are to the person ("Ann's brother") bears the person's present name as well.
CREATE FUNCTION lethe_nodes_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE edges e SET fact = lethe_tell(e.template, s.name, t.name),
    terms = lethe_terms(e.name || ' ' || lethe_tell(e.template, s.name, t.name))
  FROM nodes s, nodes t
  WHERE e.project_uuid = NEW.project_uuid AND e.graph_uuid = NEW.graph_uuid AND NEW.uuid IN (e.source_uuid, e.target_uuid)
    AND e.template IS NOT NULL
    AND s.project_uuid = e.project_uuid AND s.graph_uuid = e.graph_uuid AND s.uuid = e.source_uuid
    AND t.project_uuid = e.project_uuid AND t.graph_uuid = e.graph_uuid AND t.uuid = e.target_uuid;
  IF NEW.uuid = NEW.graph_uuid THEN
    DELETE FROM node_names k WHERE k.project_uuid = NEW.project_uuid AND k.graph_uuid = NEW.graph_uuid
      AND starts_with(k.key, lethe_key(OLD.name || '''s '));
    UPDATE nodes n SET name = NEW.name || substr(n.name, length(OLD.name) + 1)
    WHERE n.project_uuid = NEW.project_uuid AND n.graph_uuid = NEW.graph_uuid AND n.uuid <> n.graph_uuid
      AND starts_with(n.name, OLD.name || '''s ')
      AND EXISTS (SELECT FROM node_names k WHERE k.project_uuid = n.project_uuid AND k.graph_uuid = n.graph_uuid
        AND k.node_uuid = n.uuid AND starts_with(k.key, 'their '));
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER nodes_renamed AFTER UPDATE OF name ON nodes FOR EACH ROW
WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION lethe_nodes_renamed();

-- Scripts that are written without spaces are found by pairs of their letters, from the first on and from the second on.
CREATE FUNCTION lethe_part_letters(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN value ~ '[\u0E00-\u0EFF\u3040-\u30FF\u3400-\u9FFF]' THEN
    regexp_replace(value, '([\u0E00-\u0EFF\u3040-\u30FF\u3400-\u9FFF]{1,2})', ' \1 ', 'g') || ' ' ||
    regexp_replace(
      regexp_replace(regexp_replace(value, '[^\u0E00-\u0EFF\u3040-\u30FF\u3400-\u9FFF]+', ' ', 'g'), '(^| )[^ ]', ' ', 'g'),
      '([\u0E00-\u0EFF\u3040-\u30FF\u3400-\u9FFF]{2})', ' \1 ', 'g')
  ELSE value END $$;

CREATE OR REPLACE FUNCTION lethe_terms(value text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
AS $$ SELECT to_tsvector('pg_catalog.english'::regconfig, public.lethe_part_letters(left(public.lethe_fold(value), 150000))) $$;

REINDEX INDEX nodes_terms;
REINDEX INDEX messages_terms;
UPDATE edges SET terms = lethe_terms(name || ' ' || fact) WHERE fact ~ '[\u0E00-\u0EFF\u3040-\u30FF\u3400-\u9FFF]';
-- Nothing has to be read again for this, so nothing is queued.
ALTER TABLE episodes DISABLE TRIGGER USER;
UPDATE episodes e SET terms = lethe_terms(said.content), words = lethe_words(lethe_terms(said.content))
FROM (SELECT p.project_uuid, p.uuid, coalesce(p.content, m.content) AS content FROM episodes p
  LEFT JOIN messages m ON m.project_uuid = p.project_uuid AND m.uuid = p.message_uuid) said
WHERE said.project_uuid = e.project_uuid AND said.uuid = e.uuid AND e.terms IS NOT NULL
  AND said.content ~ '[\u0E00-\u0EFF\u3040-\u30FF\u3400-\u9FFF]';
ALTER TABLE episodes ENABLE TRIGGER USER;
