import { ChevronsUpDown, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { chooseProjectAction } from "#app/(console)/shell/actions.ts";
import { ProjectDialog } from "#app/(console)/shell/project-dialog.tsx";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { Tag } from "#components/ui/tag.tsx";

interface ProjectMenuProps {
  projects: { uuid: string; name: string; sample: boolean }[];
  project: string;
  mayCreate: boolean;
}

/** Shows which project is open, and opens another. */
export function ProjectMenu({ projects, project, mayCreate }: ProjectMenuProps) {
  const router = useRouter();
  const [naming, setNaming] = useState(false);
  const [switching, startSwitching] = useTransition();
  const present = projects.find((candidate) => candidate.uuid === project);
  const openProject = (uuid: string) =>
    startSwitching(async () => {
      const result = await chooseProjectAction(project, { project: uuid });
      if (result.ok) router.push("/users");
    });
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            aria-busy={switching}
            className="flex h-9 w-full items-center gap-2 rounded-md border bg-raised px-2.5 text-left hover:bg-hover pointer-coarse:h-11"
          >
            <span className="sr-only">Project:</span>
            <span className="min-w-0 truncate font-medium">{present?.name}</span>
            {present?.sample ? <Tag tone="waiting">demo data</Tag> : null}
            <ChevronsUpDown size={14} aria-hidden className="ml-auto shrink-0 text-faint" />
          </button>
        }
      >
        <MenuChoice
          label="Projects"
          value={project}
          onChange={openProject}
          choices={projects.map(({ uuid, name, sample }) => ({
            value: uuid,
            label: sample ? `${name} (demo data)` : name,
          }))}
        />
        {mayCreate ? (
          <>
            <MenuSeparator />
            <MenuItem onClick={() => setNaming(true)}>
              <Plus size={14} aria-hidden /> New project
            </MenuItem>
          </>
        ) : null}
      </Menu>
      <ProjectDialog open={naming} onOpenChange={setNaming} />
    </>
  );
}
