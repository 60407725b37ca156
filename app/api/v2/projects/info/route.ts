import { getProject as find } from "#lib/projects/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { formatTime } from "#lib/zep/common.ts";
import { getProject } from "#lib/zep/project.ts";

export const GET = defineRoute(getProject, async ({ actor }) => {
  const { uuid, name, createdAt } = await find(actor);
  return { project: { uuid, name, created_at: formatTime(createdAt) } };
});
