"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import {
  changeOperatorRoleAction,
  resetPasswordAction,
  setOperatorDisabledAction,
} from "#app/(console)/settings/operators/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { ListTable } from "#components/ui/list-table.tsx";
import { Menu, MenuChoice } from "#components/ui/menu.tsx";
import { Secret } from "#components/ui/secret.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { ROLE_MEANING, ROLES } from "#lib/auth/permissions.ts";
import type { Member } from "#lib/operators/queries.ts";

type Question = { about: Member["operator"]; ask: "password" | "disable" };

/** Everybody in this project. Role and access change in place; what cannot be undone asks for confirmation first. */
export function MembersTable({ members, self }: { members: Member[]; self: string }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const [password, setPassword] = useState<string | null>(null);
  const role = useActionForm(changeOperatorRoleAction, () => undefined);
  const access = useActionForm(setOperatorDisabledAction, () => setQuestion(null));
  const reset = useActionForm(resetPasswordAction, (made) => setPassword(made.password));
  const resetForms = () => {
    for (const form of [role, access, reset]) form.reset();
  };
  const askQuestion = (next: Question | null) => {
    resetForms();
    setPassword(null);
    setQuestion(next);
  };
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <FormNotice form={role} />
      {question ? null : <FormNotice form={access} />}
      <ListTable label="Operators" heads={["Name", "E-mail", "Role", "Last signed in", "Access", ""]}>
        {members.map(({ operator, role: present, disabledAt }) => (
          <tr key={operator.uuid}>
            <td className="font-medium">
              {operator.name} {operator.uuid === self ? <span className="font-normal text-faint">(you)</span> : null}
            </td>
            <td>{operator.email}</td>
            <td>
              <Menu
                trigger={
                  <Button aria-label={`Role of ${operator.name}: ${present}`} className="w-28 justify-between">
                    {present} <ChevronDown size={14} aria-hidden className="text-faint" />
                  </Button>
                }
              >
                <MenuChoice
                  label={`Role of ${operator.name}`}
                  value={present}
                  onChange={(next) => {
                    resetForms();
                    role.submit({ operator: operator.uuid, role: next });
                  }}
                  choices={ROLES.map((option) => ({
                    value: option,
                    label: (
                      <span>
                        {option}
                        <span className="block text-xs text-faint">{ROLE_MEANING[option]}</span>
                      </span>
                    ),
                  }))}
                />
              </Menu>
            </td>
            <td>
              {operator.lastSignInAt ? <Time at={operator.lastSignInAt} /> : <span className="text-faint">never</span>}
            </td>
            <td>{disabledAt ? <Tag tone="ended">disabled</Tag> : <Tag tone="now">active</Tag>}</td>
            <td>
              <span className="flex justify-end gap-2">
                <Button kind="quiet" onClick={() => askQuestion({ about: operator, ask: "password" })}>
                  New password
                </Button>
                {disabledAt ? (
                  <Button
                    kind="quiet"
                    onClick={() => {
                      resetForms();
                      access.submit({ operator: operator.uuid, disabled: false });
                    }}
                  >
                    Enable
                  </Button>
                ) : (
                  <Button kind="quiet" onClick={() => askQuestion({ about: operator, ask: "disable" })}>
                    Disable
                  </Button>
                )}
              </span>
            </td>
          </tr>
        ))}
      </ListTable>
      <Dialog
        title={
          question?.ask === "disable"
            ? `Disable ${question.about.name}`
            : `New password for ${question?.about.name ?? ""}`
        }
        open={question !== null}
        onOpenChange={(open) => !open && askQuestion(null)}
      >
        {password ? (
          <>
            <Secret
              label="Password"
              value={password}
              after="All their sign-ins have been ended. This password is shown this once; they choose their own when they sign in with it."
            />
            <DialogActions cancel="Done" />
          </>
        ) : question ? (
          <div className="flex flex-col gap-4">
            <FormNotice form={access} />
            <FormNotice form={reset} />
            <p>
              {question.ask === "disable"
                ? "They are out of this project with their next click. Nothing they did is lost, and they can be let in again."
                : "Their present password stops working and they are signed out everywhere. The new one is shown once."}
            </p>
            <DialogActions cancel="Leave as it is">
              {question.ask === "disable" ? (
                <Button
                  kind="risk"
                  disabled={access.busy}
                  onClick={() => access.submit({ operator: question.about.uuid, disabled: true })}
                >
                  Disable operator
                </Button>
              ) : (
                <Button
                  kind="primary"
                  disabled={reset.busy}
                  onClick={() => reset.submit({ operator: question.about.uuid })}
                >
                  Make a new password
                </Button>
              )}
            </DialogActions>
          </div>
        ) : null}
      </Dialog>
    </div>
  );
}
