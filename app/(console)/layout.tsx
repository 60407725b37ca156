import { cookies } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { DESTINATIONS } from "#app/(console)/shell/navigation.ts";
import { Shell } from "#app/(console)/shell/shell.tsx";
import { ActingIn } from "#components/ui/acting-in.tsx";
import { Announcements } from "#components/ui/announcements.tsx";
import { Shortcuts } from "#components/ui/shortcuts.tsx";
import { readTheme, THEME_COOKIE } from "#components/ui/theme.ts";
import { can } from "#lib/auth/permissions.ts";
import { getSelf } from "#lib/operators/queries.ts";
import { pageActor, shown } from "#lib/page.ts";

/** Chrome only: what it shows depends on the actor, but every page decides for itself who may see it. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await pageActor();
  if (!actor) return children;
  // Until they have chosen a password there is nowhere to go.
  if (actor.passwordIsTemporary) return <ActingIn project={actor.projectUuid}>{children}</ActingIn>;
  const { projects, ...operator } = await shown(getSelf(actor));
  const jar = await cookies();
  return (
    <NuqsAdapter>
      <Shortcuts>
        <Announcements>
          <ActingIn project={actor.projectUuid}>
            <Shell
              destinations={DESTINATIONS.filter(({ permission }) => can(actor, permission)).map(({ href }) => href)}
              operator={operator}
              projects={projects}
              project={actor.projectUuid}
              mayCreateProject={can(actor, "projects:create")}
              theme={readTheme(jar.get(THEME_COOKIE)?.value)}
            >
              {children}
            </Shell>
          </ActingIn>
        </Announcements>
      </Shortcuts>
    </NuqsAdapter>
  );
}
