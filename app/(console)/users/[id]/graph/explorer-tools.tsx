import { Table2, Waypoints } from "lucide-react";
import { type RefObject, useRef } from "react";
import { recordExportAction } from "#app/(console)/users/[id]/graph/actions.ts";
import { Legend, RelationFilter } from "#app/(console)/users/[id]/graph/filters.tsx";
import type { Explorer } from "#app/(console)/users/[id]/graph/use-explorer.ts";
import { NodeFinder } from "#components/graph/node-finder.tsx";
import { Button, getButtonClass } from "#components/ui/button.tsx";
import { Select } from "#components/ui/field.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { DEPTHS } from "#lib/graph/view/picture/terms.ts";
import { formatJson } from "#lib/json.ts";

interface ExplorerToolsProps {
  user: string;
  explorer: Explorer;
  finder: RefObject<HTMLInputElement | null>;
  mayExport: boolean;
}

/** The tools to search the graph, filter it, and change how the rest is shown. */
export function ExplorerTools({ user, explorer, finder, mayExport }: ExplorerToolsProps) {
  const { params, set, view } = explorer;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <div className="w-56 max-sm:w-full">
          <NodeFinder
            label="Find a node"
            path={`/users/${user}/graph/find`}
            inputRef={finder}
            onPick={({ uuid }) => {
              explorer.select(uuid);
              // A node that is not loaded yet is moved into view once it has loaded.
              explorer.flyWhenThere(uuid);
            }}
          />
        </div>
        <RelationFilter view={view} chosen={params.relations} onChoose={(relations) => set({ relations })} />
        <span>
          <Select
            aria-label="Around the selected node"
            value={params.depth ?? ""}
            onChange={({ target }) => set({ depth: DEPTHS.find((depth) => String(depth) === target.value) ?? null })}
          >
            <option value="">Any distance</option>
            {DEPTHS.map((depth) => (
              <option key={depth} value={depth}>
                {depth === 1 ? "1 step around" : `${depth} steps around`}
              </option>
            ))}
          </Select>
        </span>
        <label className="flex h-8 items-center gap-2 text-xs text-soft">
          <input
            type="checkbox"
            className="size-4 accent-river"
            checked={params.past === null}
            onChange={({ target }) => set({ past: target.checked ? null : "hidden" })}
          />
          Show what is over
        </label>
        <span className="ml-auto" />
        {mayExport ? <ExportMenu user={user} explorer={explorer} /> : null}
        <Button aria-keyshortcuts="t" onClick={() => set({ as: params.as === "table" ? null : "table" })}>
          {params.as === "table" ? <Waypoints size={14} aria-hidden /> : <Table2 size={14} aria-hidden />}
          {params.as === "table" ? "As a picture" : "As a table"}
        </Button>
      </div>
      <Legend view={view} chosen={params.kinds} onChoose={(kinds) => set({ kinds })} />
    </div>
  );
}

/** Takes what is shown out of the console, which the audit trail tells. */
function ExportMenu({ user, explorer }: Pick<ExplorerToolsProps, "user" | "explorer">) {
  const { scene, params, picture } = explorer;
  const counts = { user, nodes: scene.nodes.size, facts: scene.facts.length };
  const json = useActionForm(recordExportAction, () => {
    const nodes = [...scene.nodes.values()].map(({ facts: _, x: __, y: ___, pinned: ____, ...node }) => node);
    const facts = scene.facts.map(({ begun, ended, ...fact }) => ({
      ...fact,
      begun: new Date(begun).toISOString(),
      ended: ended === null ? null : new Date(ended).toISOString(),
    }));
    const content = { asOf: new Date(scene.at).toISOString(), nodes, facts };
    saveFile("graph.json", "application/json", formatJson(content, 2));
  });
  const image = useRef<Blob | null>(null);
  const png = useActionForm(recordExportAction, () => {
    if (image.current) saveFile("graph.png", "image/png", image.current);
  });
  const exportPng = async () => {
    image.current = (await picture?.toPng()) ?? null;
    if (image.current) png.submit(counts);
  };
  return (
    <>
      <FormNotice form={{ failure: json.failure ?? png.failure }} />
      <Menu
        align="end"
        trigger={
          <button type="button" className={getButtonClass()}>
            Export
          </button>
        }
      >
        <MenuItem onClick={() => json.submit(counts)}>JSON of what is shown</MenuItem>
        {params.as === "picture" && picture ? <MenuItem onClick={exportPng}>PNG of the picture</MenuItem> : null}
      </Menu>
    </>
  );
}
