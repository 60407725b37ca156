"use client";

import { Menu as MenuIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { NavigationList } from "#app/(console)/shell/navigation-list.tsx";
import { OperatorMenu } from "#app/(console)/shell/operator-menu.tsx";
import { ProjectMenu } from "#app/(console)/shell/project-menu.tsx";
import { Wordmark } from "#components/brand/wordmark.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import type { Theme } from "#components/ui/theme.ts";

export interface ShellProps {
  /** Hrefs this operator may open. */
  destinations: string[];
  operator: { name: string; email: string; role: string };
  projects: { uuid: string; name: string; sample: boolean }[];
  project: string;
  mayCreateProject: boolean;
  theme: Theme;
  children: ReactNode;
}

/** Everything around a page: a column at the side, or on a phone a bar that opens it. */
export function Shell({ children, ...chrome }: ShellProps) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[224px_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded focus:bg-raised focus:p-2"
      >
        Skip to content
      </a>
      <PhoneBar {...chrome} />
      <div className="sticky top-0 hidden h-dvh border-r bg-sunk lg:block">
        <Column {...chrome} />
      </div>
      <main id="content" tabIndex={-1} className="outline-none min-w-0 px-4 py-5 sm:px-8 sm:py-7">
        {children}
      </main>
    </div>
  );
}

type Chrome = Omit<ShellProps, "children">;

function Column({ destinations, operator, projects, project, mayCreateProject, theme }: Chrome) {
  return (
    <div className="flex h-full flex-col gap-5 px-3 py-5">
      <div className="px-2.5">
        <Wordmark />
      </div>
      <ProjectMenu projects={projects} project={project} mayCreate={mayCreateProject} />
      <NavigationList destinations={destinations} />
      <div className="mt-auto">
        <OperatorMenu operator={operator} theme={theme} />
      </div>
    </div>
  );
}

function PhoneBar(chrome: Chrome) {
  const path = usePathname();
  const [openOn, setOpenOn] = useState<string | null>(null);
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-3 border-b bg-sunk px-3 lg:hidden">
      <Sheet
        title="Menu"
        open={openOn === path}
        onOpenChange={(open) => setOpenOn(open ? path : null)}
        trigger={
          <IconButton label="Menu">
            <MenuIcon size={18} aria-hidden />
          </IconButton>
        }
      >
        <Column {...chrome} />
      </Sheet>
      <Wordmark />
      <span className="ml-auto min-w-0 truncate text-xs text-soft">
        {chrome.projects.find((candidate) => candidate.uuid === chrome.project)?.name}
      </span>
    </header>
  );
}
