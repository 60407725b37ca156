import Link from "next/link";
import { EventDetails } from "#app/(console)/audit/event-details.tsx";
import { Time } from "#components/ui/time.tsx";
import { listAuditEvents } from "#lib/audit/queries.ts";
import { NO_AUDIT_FILTER } from "#lib/audit/schema.ts";
import { AUDIT_ACTIONS, isAuditAction } from "#lib/audit/terms.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { awaitOrNotFound } from "#lib/page.ts";

const SHOWN = 6;

/** The latest events about one person, from the audit trail. */
export async function History({ actor, user }: { actor: Actor; user: string }) {
  const events = await awaitOrNotFound(
    listAuditEvents(actor, { ...NO_AUDIT_FILTER, page: 1, size: 25, direction: "desc", user }),
  );
  if (events.length === 0)
    return <p className="text-soft">Nobody has changed anything about this person in the console.</p>;
  return (
    <>
      <ol className="flex flex-col gap-2">
        {events.slice(0, SHOWN).map((event) => {
          return (
            <li key={event.seq} className="flex justify-between gap-4">
              <span className="min-w-0">
                <span className="font-medium">{event.actorName ?? "Command line"}</span>{" "}
                {isAuditAction(event.action) ? AUDIT_ACTIONS[event.action] : event.action}
                <span className="block text-xs">
                  <EventDetails data={event.data} />
                </span>
              </span>
              <span className="text-xs text-faint">
                <Time at={event.at} />
              </span>
            </li>
          );
        })}
      </ol>
      <Link href={`/audit?by=all&user=${user}`} className="mt-3 inline-block text-river hover:underline">
        All events about this person
      </Link>
    </>
  );
}
