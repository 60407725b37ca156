import { cookies } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { DESTINATIONS } from "#app/(console)/shell/navigation.ts";
import { Shell } from "#app/(console)/shell/shell.tsx";
import { Announcements } from "#components/ui/announcements.tsx";
import { ProjectProvider } from "#components/ui/project-provider.tsx";
import { Shortcuts } from "#components/ui/shortcuts.tsx";
import { readTheme, THEME_COOKIE } from "#components/ui/theme.ts";
import { can } from "#lib/auth/permissions.ts";
import { getSelf } from "#lib/operators/queries.ts";
import { awaitOrNotFound, readPageActor } from "#lib/page.ts";

/** Shows only the frame around a page. What it shows depends on the actor, but every page checks access itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await readPageActor();
  if (!actor) return children;
  // Until they have chosen a password there is nowhere to go.
  if (actor.passwordIsTemporary) return <ProjectProvider project={actor.projectUuid}>{children}</ProjectProvider>;
  const { projects, ...operator } = await awaitOrNotFound(getSelf(actor));
  const jar = await cookies();
  return (
    <NuqsAdapter>
      <Shortcuts>
        <Announcements>
          <ProjectProvider project={actor.projectUuid}>
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
          </ProjectProvider>
        </Announcements>
      </Shortcuts>
    </NuqsAdapter>
  );
}
