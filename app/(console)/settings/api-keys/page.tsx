import type { Metadata } from "next";
import { CreateKeyDialog } from "#app/(console)/settings/api-keys/create-key-dialog.tsx";
import { KeysTable } from "#app/(console)/settings/api-keys/keys-table.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { listApiKeys } from "#lib/api-keys/queries.ts";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage() {
  const actor = await authorizePage("/settings/api-keys");
  const keys = await awaitOrNotFound(listApiKeys(actor));
  return (
    <>
      <PageHeader
        title="API keys"
        lead="What applications sign their calls with. A key opens this project and no other."
        actions={
          <>
            <LinkButton href="/reference">API reference</LinkButton>
            <CreateKeyDialog />
          </>
        }
      />
      {keys.length > 0 ? (
        <KeysTable keys={keys} />
      ) : (
        <EmptyState title="No keys yet">Create one for each application, so that each can be revoked alone.</EmptyState>
      )}
    </>
  );
}
