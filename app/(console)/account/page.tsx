import type { Metadata } from "next";
import { PasswordForm } from "#app/(console)/account/password-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { getAccount } from "#lib/operators/queries.ts";
import { authorizePage, awaitOrNotFound } from "#lib/page.ts";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const actor = await authorizePage("/account");
  const { name, email, hasPassword } = await awaitOrNotFound(getAccount(actor));
  return (
    <div className={actor.passwordIsTemporary ? "mx-auto max-w-md px-4 py-12" : "max-w-md"}>
      <PageHeader
        title={actor.passwordIsTemporary ? "Choose your own password" : "Your account"}
        lead={`${name}, ${email}`}
      />
      {hasPassword ? (
        <Section title="Password">
          <div className="flex flex-col gap-4">
            {actor.passwordIsTemporary ? (
              <Notice tone="info">
                The password you signed in with was made for you and is known to others. With your own you go on.
              </Notice>
            ) : null}
            <PasswordForm first={actor.passwordIsTemporary} />
          </div>
        </Section>
      ) : (
        <p className="text-soft">You sign in with your organisation’s provider; there is no password to change here.</p>
      )}
    </div>
  );
}
