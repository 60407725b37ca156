import { Prisma } from "#prisma/client/client.ts";

/** Whatever belongs to one project: an actor, a graph, a session. Its uuid comes from an actor in the end. */
interface InProject {
  readonly projectUuid: string;
}

/** A graph; a person's bears the person's uuid. */
interface Graph extends InProject {
  readonly uuid: string;
}

/** SQL: the rows of a project, of the table that bears this alias. */
export function inProject({ projectUuid }: InProject, alias?: string): Prisma.Sql {
  return Prisma.sql`${buildColumn(alias, "project_uuid")} = ${projectUuid}::uuid`;
}

/** SQL: the rows of one graph. */
export function inGraph(graph: Graph, alias?: string): Prisma.Sql {
  return Prisma.sql`${inProject(graph, alias)} AND ${buildColumn(alias, "graph_uuid")} = ${graph.uuid}::uuid`;
}

/** SQL: rows of two tables that are in one project; what else joins them follows. */
export function sameProject(alias: string, other: string): Prisma.Sql {
  return Prisma.sql`${buildColumn(alias, "project_uuid")} = ${buildColumn(other, "project_uuid")}`;
}

/** SQL: rows of two tables that are in one graph; what else joins them follows. */
export function sameGraph(alias: string, other: string): Prisma.Sql {
  return Prisma.sql`${sameProject(alias, other)} AND ${buildColumn(alias, "graph_uuid")} = ${buildColumn(other, "graph_uuid")}`;
}

/** SQL: rows of the graph that a row of `graphs`, or of `users`, stands for. */
export function inGraphOf(alias: string, owner: string): Prisma.Sql {
  return Prisma.sql`${sameProject(alias, owner)} AND ${buildColumn(alias, "graph_uuid")} = ${buildColumn(owner, "uuid")}`;
}

/** Prisma: the rows of a project. */
export function ofProject({ projectUuid }: InProject): { projectUuid: string } {
  return { projectUuid };
}

/** Prisma: the rows of one graph. */
export function ofGraph({ projectUuid, uuid }: Graph): { projectUuid: string; graphUuid: string } {
  return { projectUuid, graphUuid: uuid };
}

/** Prisma: the one row of a project that has this uuid. */
export function byUuid({ projectUuid }: InProject, uuid: string) {
  return { projectUuid_uuid: { projectUuid, uuid } };
}

/** The graph of this person or of this uuid, in the actor's project and no other. */
export function graphOf({ projectUuid }: InProject, uuid: string): { projectUuid: string; uuid: string } {
  return { projectUuid, uuid };
}

const COLUMNS = new Map<string, Prisma.Sql>();

/** Kept, because every statement needs a few. An alias is a word of ours and never what somebody typed. */
function buildColumn(alias: string | undefined, name: "project_uuid" | "graph_uuid" | "uuid"): Prisma.Sql {
  const path = alias === undefined ? name : `${alias}.${name}`;
  const known = COLUMNS.get(path);
  if (known) return known;
  if (!/^[a-z_.]+$/.test(path)) throw new Error("an alias must be a plain word");
  const made = Prisma.raw(path);
  COLUMNS.set(path, made);
  return made;
}
