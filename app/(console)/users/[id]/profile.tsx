import type { ReactNode } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { JsonView } from "#components/ui/json-view.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatNumber } from "#lib/format.ts";
import type { UserProfile } from "#lib/users/queries.ts";

/** What the record says about a person. */
export function Profile({ user }: { user: UserProfile }) {
  const blank = <span className="text-faint">none</span>;
  return (
    <Section title="Record">
      <dl className="grid grid-cols-2 gap-3">
        <Entry name="User ID" wide>
          <CopyButton value={user.userId} label="user ID" />
        </Entry>
        <Entry name="E-mail" wide>
          {user.email ? <CopyButton value={user.email} label="e-mail address" /> : blank}
        </Entry>
        <Entry name="First name">{user.firstName ?? blank}</Entry>
        <Entry name="Last name">{user.lastName ?? blank}</Entry>
        <Entry name="Sessions">{formatNumber(user.sessionCount)}</Entry>
        <Entry name="Messages">{formatNumber(user.messageCount)}</Entry>
        <Entry name="Last activity">
          {user.lastActivityAt ? <Time at={user.lastActivityAt} show="both" /> : blank}
        </Entry>
        <Entry name="Created">
          <Time at={user.createdAt} show="both" />
        </Entry>
        <Entry name="Metadata" wide>
          <JsonView label="Metadata" value={user.metadata} />
        </Entry>
      </dl>
    </Section>
  );
}

interface EntryProps {
  name: string;
  wide?: boolean;
  children: ReactNode;
}

function Entry({ name, wide = false, children }: EntryProps) {
  return (
    <div className={`min-w-0 ${wide ? "col-span-2" : ""}`}>
      <dt className="text-xs text-faint">{name}</dt>
      <dd dir="auto" className="mt-0.5 break-words">
        {children}
      </dd>
    </div>
  );
}
