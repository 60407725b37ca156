import type { Metadata } from "next";
import Link from "next/link";
import { EraseSessionDialog } from "#app/(console)/sessions/[id]/erase-session-dialog.tsx";
import { SessionFacts } from "#app/(console)/sessions/[id]/session-facts.tsx";
import { SessionTranscript } from "#app/(console)/sessions/[id]/session-transcript.tsx";
import { getButtonClass, LinkButton } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/auth/permissions.ts";
import { findMessageNumber, listMessages } from "#lib/messages/queries.ts";
import { WINDOW_SIZE } from "#lib/messages/terms.ts";
import { authorizePage, awaitOrNotFound, parseUuidOrNotFound } from "#lib/page.ts";
import { findAdjacentSessions, getSession } from "#lib/sessions/queries.ts";
import { getDisplayName } from "#lib/users/terms.ts";

export const metadata: Metadata = { title: "Session" };

interface SessionPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ message?: string | string[] }>;
}

export default async function SessionPage({ params, searchParams }: SessionPageProps) {
  const actor = await authorizePage("/sessions/[id]");
  const id = parseUuidOrNotFound((await params).id);
  const session = await awaitOrNotFound(getSession(actor, id));
  const { previous, next } = await awaitOrNotFound(findAdjacentSessions(actor, session));
  const { message } = await searchParams;
  const linked = await awaitOrNotFound(findMessageNumber(actor, id, String(message ?? "")));
  const window = Math.floor((linked ?? 0) / WINDOW_SIZE);
  const first = { window, messages: await awaitOrNotFound(listMessages(actor, { session: id, window })) };
  return (
    <div className="flex h-[calc(100dvh-7.5rem)] min-h-96 flex-col lg:h-[calc(100dvh-3.5rem)]">
      <PageHeader
        above={
          <>
            <Link href="/users">Users</Link> /{" "}
            <Link href={`/users/${session.user.uuid}`} dir="auto" className="text-river hover:underline">
              {getDisplayName(session.user)}
            </Link>
          </>
        }
        title={<span className="font-mono text-lg">{session.sessionId}</span>}
        lead={<SessionFacts session={session} />}
        actions={
          <>
            <Adjacent session={previous}>Previous session</Adjacent>
            <Adjacent session={next}>Next session</Adjacent>
            {can(actor, "transcripts:export") ? (
              <form method="post" action={`/sessions/${id}/download`}>
                <button type="submit" className={getButtonClass()}>
                  Download JSON
                </button>
              </form>
            ) : null}
            {can(actor, "sessions:erase") ? (
              <EraseSessionDialog session={id} messages={session.messageCount} user={session.user.uuid} />
            ) : null}
          </>
        }
      />
      <SessionTranscript
        session={id}
        user={session.user.uuid}
        total={session.messageCount}
        first={first}
        linked={linked}
        mayReveal={can(actor, "secrets:reveal")}
        mayErase={can(actor, "sessions:erase")}
        unknownLink={message !== undefined && linked === null}
      />
    </div>
  );
}

/** The way to another conversation of the same person; nothing where there is none. */
function Adjacent({ session, children }: { session: string | null; children: string }) {
  return session ? <LinkButton href={`/sessions/${session}`}>{children}</LinkButton> : null;
}
