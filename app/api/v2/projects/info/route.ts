import { getProject as find } from "#lib/projects/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { getProject, presentProject } from "#lib/zep/project.ts";

export const GET = defineRoute(getProject, async ({ actor }) => presentProject(await find(actor)));
