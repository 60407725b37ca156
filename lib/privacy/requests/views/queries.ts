import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { type ViewQuery, viewQuerySchema } from "#lib/privacy/requests/views/schema.ts";

/** A view of the queue that the team has kept. */
export interface SavedView {
  uuid: string;
  name: string;
  query: ViewQuery;
}

/** The views of a project's team, by their names. */
export async function listSavedViews(actor: Actor): Promise<SavedView[]> {
  authorize(actor, "requests:work");
  const views = await db().savedView.findMany({
    where: ofProject(actor),
    orderBy: { name: "asc" },
    select: { uuid: true, name: true, query: true },
  });
  return views.map((view) => ({ ...view, query: viewQuerySchema.catch({}).parse(view.query) }));
}
