-- CreateEnum
CREATE TYPE "embedded_kind" AS ENUM ('edge', 'node', 'episode');

-- CreateTable
CREATE TABLE "embeddings" (
    "project_uuid" UUID NOT NULL,
    "graph_uuid" UUID NOT NULL,
    "kind" "embedded_kind" NOT NULL,
    "uuid" UUID NOT NULL,
    "model" TEXT NOT NULL,
    "vector" REAL[],
    "sketch" VARBIT NOT NULL,
    "digest" UUID NOT NULL,

    CONSTRAINT "embeddings_pkey" PRIMARY KEY ("project_uuid","graph_uuid","kind","uuid")
);

-- AddForeignKey
ALTER TABLE "embeddings" ADD CONSTRAINT "embeddings_project_uuid_graph_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid") REFERENCES "graphs"("project_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;


-- A vector tells much of the words it was made from, so it goes with them, whichever way they go.
CREATE FUNCTION lethe_unembed_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM embeddings v USING gone
  WHERE v.project_uuid = gone.project_uuid AND v.graph_uuid = gone.graph_uuid AND v.kind = TG_ARGV[0]::embedded_kind AND v.uuid = gone.uuid;
  RETURN NULL;
END $$;

CREATE TRIGGER edges_unembedded AFTER DELETE ON edges
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lethe_unembed_gone('edge');
CREATE TRIGGER nodes_unembedded AFTER DELETE ON nodes
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lethe_unembed_gone('node');
CREATE TRIGGER episodes_unembedded AFTER DELETE ON episodes
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION lethe_unembed_gone('episode');

CREATE FUNCTION lethe_unembed_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM embeddings
  WHERE project_uuid = OLD.project_uuid AND graph_uuid = OLD.graph_uuid AND kind = TG_ARGV[0]::embedded_kind AND uuid = OLD.uuid;
  RETURN NULL;
END $$;

CREATE TRIGGER edges_reworded AFTER UPDATE OF fact ON edges FOR EACH ROW
WHEN (OLD.fact IS DISTINCT FROM NEW.fact) EXECUTE FUNCTION lethe_unembed_changed('edge');
CREATE TRIGGER nodes_reworded AFTER UPDATE OF name, summary ON nodes FOR EACH ROW
WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.summary IS DISTINCT FROM NEW.summary) EXECUTE FUNCTION lethe_unembed_changed('node');
CREATE TRIGGER episodes_reworded AFTER UPDATE OF content ON episodes FOR EACH ROW
WHEN (OLD.content IS DISTINCT FROM NEW.content) EXECUTE FUNCTION lethe_unembed_changed('episode');
