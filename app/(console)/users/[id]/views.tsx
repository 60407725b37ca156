import { ActivityList } from "#components/ui/activity-list.tsx";
import { listViews } from "#lib/audit/queries.ts";
import { isViewKind, VIEW_KINDS } from "#lib/audit/terms.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { awaitOrNotFound } from "#lib/page.ts";

/** Who has looked at one person lately, and at what of them. */
export async function Views({ actor, user }: { actor: Actor; user: string }) {
  const views = await awaitOrNotFound(listViews(actor, { user }));
  if (views.length === 0) return <p className="text-soft">Nobody has looked at this person in the console.</p>;
  const activities = views.map(({ who, view, at }) => ({
    key: `${who} ${view} ${at.toISOString()}`,
    who,
    what: isViewKind(view) ? VIEW_KINDS[view] : view,
    at,
  }));
  return <ActivityList activities={activities} />;
}
