import type { Store } from "#lib/db/stored-tables.ts";

/** The projects of this instance, and how its tables came about. */
export const PROJECT_STORE: Store = [
  {
    name: "projects",
    title: "Projects",
    exempt: "the name of a project, which its operators have given it",
    columns: { ours: ["slug"], words: ["name"] },
  },
  { name: "project_tallies", title: "How many users a project has", columns: {} },
  {
    name: "_prisma_migrations",
    title: "Migrations of the database",
    columns: { ours: ["id", "checksum", "migration_name", "logs"] },
  },
];
