import type { ReactNode } from "react";
import { Copyable } from "#components/ui/copyable.tsx";
import { JsonView } from "#components/ui/json-view.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { number } from "#lib/format.ts";
import type { UserProfile } from "#lib/users/queries.ts";

/** What the record says about a person. */
export function Profile({ user }: { user: UserProfile }) {
  const blank = <span className="text-faint">none</span>;
  return (
    <Section title="Record">
      <dl className="flex flex-col gap-3">
        <Entry name="User ID">
          <Copyable value={user.userId} label="user ID" />
        </Entry>
        <Entry name="E-mail">{user.email ? <Copyable value={user.email} label="e-mail address" /> : blank}</Entry>
        <div className="grid grid-cols-2 gap-3">
          <Entry name="First name">{user.firstName ?? blank}</Entry>
          <Entry name="Last name">{user.lastName ?? blank}</Entry>
          <Entry name="Sessions">{number(user.sessionCount)}</Entry>
          <Entry name="Messages">{number(user.messageCount)}</Entry>
          <Entry name="Last activity">
            {user.lastActivityAt ? <Time at={user.lastActivityAt} show="both" /> : blank}
          </Entry>
          <Entry name="Created">
            <Time at={user.createdAt} show="both" />
          </Entry>
        </div>
        <Entry name="Metadata">
          <JsonView label="Metadata" value={user.metadata} />
        </Entry>
      </dl>
    </Section>
  );
}

function Entry({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-faint">{name}</dt>
      <dd dir="auto" className="mt-0.5 break-words">
        {children}
      </dd>
    </div>
  );
}
