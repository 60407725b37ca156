"use client";

import { useState } from "react";
import { revokeApiKeyAction } from "#app/(console)/settings/api-keys/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { ListTable } from "#components/ui/list-table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import type { ApiKeyRow } from "#lib/api-keys/queries.ts";

export function KeysTable({ keys }: { keys: ApiKeyRow[] }) {
  const [revoking, setRevoking] = useState<ApiKeyRow | null>(null);
  const form = useActionForm(revokeApiKeyAction, () => setRevoking(null));
  return (
    <>
      <ListTable label="API keys" heads={["Name", "Key", "Scopes", "Created", "Last used", "State", ""]}>
        {keys.map((key) => (
          <tr key={key.uuid}>
            <td className="font-medium">{key.name}</td>
            <td className="font-mono text-xs text-soft">{key.prefix}…</td>
            <td>
              <span className="flex gap-1">
                {key.scopes.map((scope) => (
                  <Tag key={scope}>{scope}</Tag>
                ))}
              </span>
            </td>
            <td>
              <Time at={key.createdAt} />
            </td>
            <td>{key.lastUsedAt ? <Time at={key.lastUsedAt} /> : <span className="text-faint">never</span>}</td>
            <td>{key.revokedAt ? <Tag tone="ended">revoked</Tag> : <Tag tone="now">active</Tag>}</td>
            <td className="text-right">
              {key.revokedAt ? null : (
                <Button
                  kind="quiet"
                  onClick={() => {
                    form.reset();
                    setRevoking(key);
                  }}
                >
                  Revoke
                </Button>
              )}
            </td>
          </tr>
        ))}
      </ListTable>
      <Dialog
        title={`Revoke ${revoking?.name ?? ""}`}
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
      >
        <div className="flex flex-col gap-4">
          <FormNotice form={form} />
          <p>
            Applications that use this key are refused from their next call on. A revoked key cannot be brought back.
          </p>
          <DialogActions cancel="Keep">
            <Button kind="risk" disabled={form.busy} onClick={() => revoking && form.submit({ apiKey: revoking.uuid })}>
              Revoke key
            </Button>
          </DialogActions>
        </div>
      </Dialog>
    </>
  );
}
