"use client";

import { useState } from "react";
import { changeRoleAction, resetPasswordAction, setDisabledAction } from "#app/(console)/settings/operators/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Select } from "#components/ui/field.tsx";
import { ListTable } from "#components/ui/list-table.tsx";
import { Secret } from "#components/ui/secret.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { ROLES } from "#lib/auth/permissions.ts";
import type { Member } from "#lib/operators/queries.ts";

/** Everybody in this project; role and access are changed in place. */
export function MembersTable({ members, self }: { members: Member[]; self: string }) {
  const [secret, setSecret] = useState<{ name: string; password: string } | null>(null);
  const role = useActionForm(changeRoleAction, () => undefined);
  const access = useActionForm(setDisabledAction, () => undefined);
  const [resetting, setResetting] = useState("");
  const reset = useActionForm(resetPasswordAction, ({ password }) => setSecret({ name: resetting, password }));
  const busy = role.busy || access.busy || reset.busy;
  return (
    <div className="flex flex-col gap-3">
      <FormNotice form={role} />
      <FormNotice form={access} />
      <FormNotice form={reset} />
      <ListTable label="Operators" heads={["Name", "E-mail", "Role", "Last signed in", "Access", ""]}>
        {members.map(({ operator, role: present, disabledAt }) => (
          <tr key={operator.uuid}>
            <td className="font-medium">
              {operator.name} {operator.uuid === self ? <span className="font-normal text-faint">(you)</span> : null}
            </td>
            <td>{operator.email}</td>
            <td>
              <Select
                key={present}
                aria-label={`Role of ${operator.name}`}
                defaultValue={present}
                disabled={busy}
                onChange={(event) => role.submit({ operator: operator.uuid, role: event.target.value })}
                className="w-32"
              >
                {ROLES.map((option) => (
                  <option key={option}>{option}</option>
                ))}
              </Select>
            </td>
            <td>
              {operator.lastSignInAt ? <Time at={operator.lastSignInAt} /> : <span className="text-faint">never</span>}
            </td>
            <td>{disabledAt ? <Tag tone="ended">disabled</Tag> : <Tag tone="now">active</Tag>}</td>
            <td>
              <span className="flex justify-end gap-2">
                <Button
                  kind="quiet"
                  disabled={busy}
                  onClick={() => {
                    setResetting(operator.name);
                    reset.submit({ operator: operator.uuid });
                  }}
                >
                  New password
                </Button>
                <Button
                  kind="quiet"
                  disabled={busy}
                  onClick={() => access.submit({ operator: operator.uuid, disabled: !disabledAt })}
                >
                  {disabledAt ? "Enable" : "Disable"}
                </Button>
              </span>
            </td>
          </tr>
        ))}
      </ListTable>
      <Dialog
        title={`New password for ${secret?.name ?? ""}`}
        open={secret !== null}
        onOpenChange={(open) => !open && setSecret(null)}
      >
        <Secret
          label="Password"
          value={secret?.password ?? ""}
          after="All their sign-ins have been ended. This password is shown this once."
        />
      </Dialog>
    </div>
  );
}
