import type { Metadata } from "next";
import { PersonHeader } from "#app/(console)/users/[id]/person-header.tsx";
import { RecallView } from "#app/(console)/users/[id]/recall/recall-view.tsx";
import { DEFAULT_CONTEXT } from "#lib/memory/schema.ts";
import { authorizePage, awaitOrNotFound, parseUuidOrNotFound } from "#lib/page.ts";
import { getUser } from "#lib/users/queries.ts";
import { getDisplayName } from "#lib/users/terms.ts";

export const metadata: Metadata = { title: "Recall" };

export default async function RecallPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await authorizePage("/users/[id]/recall");
  const user = await awaitOrNotFound(getUser(actor, parseUuidOrNotFound((await params).id)));
  return (
    <>
      <PersonHeader uuid={user.uuid} name={getDisplayName(user)} part="recall" mayRemember />
      <RecallView user={user.uuid} limits={DEFAULT_CONTEXT} />
    </>
  );
}
