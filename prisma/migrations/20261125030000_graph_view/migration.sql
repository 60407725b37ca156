-- CreateTable
CREATE TABLE "node_places" (
    "project_uuid" UUID NOT NULL,
    "graph_uuid" UUID NOT NULL,
    "node_uuid" UUID NOT NULL,
    "x" REAL NOT NULL,
    "y" REAL NOT NULL,
    "pinned" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "node_places_pkey" PRIMARY KEY ("project_uuid","graph_uuid","node_uuid")
);

-- AddForeignKey
ALTER TABLE "node_places" ADD CONSTRAINT "node_places_project_uuid_graph_uuid_node_uuid_fkey" FOREIGN KEY ("project_uuid", "graph_uuid", "node_uuid") REFERENCES "nodes"("project_uuid", "graph_uuid", "uuid") ON DELETE CASCADE ON UPDATE CASCADE;
