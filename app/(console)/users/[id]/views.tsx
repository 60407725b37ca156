import { Time } from "#components/ui/time.tsx";
import { listViews } from "#lib/audit/queries.ts";
import { isViewKind, VIEW_KINDS } from "#lib/audit/terms.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { awaitOrNotFound } from "#lib/page.ts";

/** Who has looked at one person lately, and at what of them. */
export async function Views({ actor, user }: { actor: Actor; user: string }) {
  const views = await awaitOrNotFound(listViews(actor, { user }));
  if (views.length === 0) return <p className="text-soft">Nobody has looked at this person in the console.</p>;
  return (
    <ol className="flex flex-col gap-2">
      {views.map(({ who, view, at }) => (
        <li key={`${who} ${view} ${at.toISOString()}`} className="flex justify-between gap-4">
          <span className="min-w-0">
            <span className="font-medium">{who}</span> {isViewKind(view) ? VIEW_KINDS[view] : view}
          </span>
          <span className="text-xs whitespace-nowrap text-faint">
            <Time at={at} />
          </span>
        </li>
      ))}
    </ol>
  );
}
