import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";
import { NewRequest } from "#app/(console)/privacy/requests/new-request.tsx";
import { loadSessions, loadSessionTotal } from "#app/(console)/sessions/load.ts";
import { sessionsView } from "#app/(console)/sessions/search-params.ts";
import { SessionsTable } from "#app/(console)/sessions/sessions-table.tsx";
import { ActivityChart } from "#app/(console)/users/[id]/activity-chart.tsx";
import { CopyDialog } from "#app/(console)/users/[id]/copy-dialog.tsx";
import { EditUserDialog } from "#app/(console)/users/[id]/edit-user-dialog.tsx";
import { EraseUserDialog } from "#app/(console)/users/[id]/erase-user-dialog.tsx";
import { History } from "#app/(console)/users/[id]/history.tsx";
import { Memory } from "#app/(console)/users/[id]/memory.tsx";
import { PersonHeader } from "#app/(console)/users/[id]/person-header.tsx";
import { Profile } from "#app/(console)/users/[id]/profile.tsx";
import { RestrictedNotice } from "#app/(console)/users/[id]/restricted-notice.tsx";
import { Views } from "#app/(console)/users/[id]/views.tsx";
import { loadInitial } from "#components/data-table/initial.ts";
import { getHiddenColumnsCookie, readHiddenColumns } from "#components/data-table/view.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Section } from "#components/ui/section.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Actor } from "#lib/auth/actor.ts";
import { can } from "#lib/auth/permissions.ts";
import { authorizePage, awaitOrNotFound, parseUuidOrNotFound } from "#lib/page.ts";
import { listExports } from "#lib/privacy/exports/queries.ts";
import { isPersonHeld } from "#lib/privacy/holds/queries.ts";
import { getPolicy } from "#lib/privacy/policy/queries.ts";
import { isPersonRestricted } from "#lib/privacy/requests/queries.ts";
import { getUser, listActivity, type UserProfile } from "#lib/users/queries.ts";
import { getDisplayName } from "#lib/users/terms.ts";

// The title names the page and not the person, because titles appear in browser histories and shared screens.
export const metadata: Metadata = { title: "User" };

interface UserPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function UserPage({ params, searchParams }: UserPageProps) {
  const actor = await authorizePage("/users/[id]");
  const user = await awaitOrNotFound(getUser(actor, parseUuidOrNotFound((await params).id)));
  const restricted = await awaitOrNotFound(isPersonRestricted(actor, { user: user.uuid }));
  const held = await awaitOrNotFound(isPersonHeld(actor, { user: user.uuid }));
  const { approvalsRequired } = await awaitOrNotFound(getPolicy(actor));
  const copies = can(actor, "users:export") ? await awaitOrNotFound(listExports(actor, { user: user.uuid })) : null;
  const view = { ...(await searchParams), user: user.uuid };
  const sessions = await loadInitial(sessionsView, view, loadSessions(actor, view), loadSessionTotal(actor, view));
  return (
    <>
      <PersonHeader
        uuid={user.uuid}
        name={getDisplayName(user)}
        part="overview"
        mayRemember={can(actor, "graph:read")}
        actions={
          <>
            {can(actor, "users:write") ? <EditUserDialog user={user} /> : null}
            {copies ? <CopyDialog user={user.uuid} copies={copies} /> : null}
            <EraseOrRequest actor={actor} user={user} approvalsRequired={approvalsRequired} />
          </>
        }
      />
      {held ? (
        <div className="mb-6 max-w-[65ch]">
          <Notice tone="info">
            A legal hold keeps this person, or a session of theirs: it cannot be deleted before the hold is released.
          </Notice>
        </div>
      ) : null}
      {restricted ? <RestrictedNotice user={user.uuid} mayLift={can(actor, "requests:work")} /> : null}
      {user.placeholder ? (
        <div className="mb-6 max-w-[65ch]">
          <Notice tone="info">
            This is a placeholder. An application sent messages to a session before it said whose it is; when it does,
            the session and what is remembered of it go to that user, and this one goes.
          </Notice>
        </div>
      ) : null}
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
        <div className="flex min-w-0 flex-col gap-8">
          {can(actor, "graph:read") ? (
            <Suspense fallback={<Skeleton className="h-40 w-full" />}>
              <Memory actor={actor} user={user.uuid} />
            </Suspense>
          ) : null}
          <Section title="Activity" about="Messages a week">
            <Suspense fallback={<Skeleton className="h-28 w-full" />}>
              <ActivityChart weeks={awaitOrNotFound(listActivity(actor, user.uuid))} />
            </Suspense>
          </Section>
          <Section title="Sessions">
            <SessionsTable
              initial={sessions}
              keptHidden={readHiddenColumns((await cookies()).get(getHiddenColumnsCookie("Sessions"))?.value)}
              user={user.uuid}
              mayRead={can(actor, "transcripts:read")}
            />
          </Section>
        </div>
        <aside aria-label="About this user" className="flex min-w-0 flex-col gap-8">
          <Profile user={user} />
          {can(actor, "audit:read") ? (
            <Section title="What was done here">
              <Suspense fallback={<Skeleton className="h-24 w-full" />}>
                <History actor={actor} user={user.uuid} />
              </Suspense>
            </Section>
          ) : null}
          {can(actor, "audit:read") ? (
            <Section title="Who looked" about="lately">
              <Suspense fallback={<Skeleton className="h-24 w-full" />}>
                <Views actor={actor} user={user.uuid} />
              </Suspense>
            </Section>
          ) : null}
        </aside>
      </div>
    </>
  );
}

interface EraseOrRequestProps {
  actor: Actor;
  user: UserProfile;
  approvalsRequired: number;
}

/** Who may erase does so at once, unless somebody else has to approve it; everybody who works with people can file a request. */
function EraseOrRequest({ actor, user, approvalsRequired }: EraseOrRequestProps) {
  if (can(actor, "users:erase") && approvalsRequired === 0) return <EraseUserDialog user={user} />;
  if (!can(actor, "requests:file")) return null;
  return (
    <NewRequest
      identifier={user.userId}
      opensCase={can(actor, "requests:work")}
      trigger={<Button kind="risk-quiet">File a request</Button>}
    />
  );
}
