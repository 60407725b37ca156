"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { ExplorerTools } from "#app/(console)/users/[id]/graph/explorer-tools.tsx";
import { Extent } from "#app/(console)/users/[id]/graph/extent.tsx";
import { Mentioned } from "#app/(console)/users/[id]/graph/mentioned.tsx";
import { NodePanel } from "#app/(console)/users/[id]/graph/node-panel.tsx";
import { PathSteps } from "#app/(console)/users/[id]/graph/path-steps.tsx";
import { PictureTools } from "#app/(console)/users/[id]/graph/picture-tools.tsx";
import { useExplorer } from "#app/(console)/users/[id]/graph/use-explorer.ts";
import type { CanvasProps } from "#components/graph/canvas.tsx";
import { GraphTable } from "#components/graph/graph-table.tsx";
import { HoverCard } from "#components/graph/hover-card.tsx";
import { Timeline } from "#components/graph/timeline.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { GraphView } from "#lib/graph/view/picture/schema.ts";

// The graph libraries are loaded only on this page, and only in the browser, because they need its DOM.
const Canvas = dynamic<CanvasProps>(() => import("#components/graph/canvas.tsx").then((module) => module.Canvas), {
  ssr: false,
  loading: () => <Skeleton className="absolute inset-0 rounded-lg" />,
});

interface GraphExplorerProps {
  user: string;
  initial: GraphView;
  may: { write: boolean; erase: boolean; export: boolean };
}

/** A person's graph as a picture or as a table, with what is selected beside it and time beneath. */
export function GraphExplorer(props: GraphExplorerProps) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } }));
  return (
    <QueryClientProvider client={client}>
      <Explorer {...props} />
    </QueryClientProvider>
  );
}

function Explorer({ user, initial, may }: GraphExplorerProps) {
  const router = useRouter();
  const finder = useRef<HTMLInputElement>(null);
  const explorer = useExplorer(user, initial, finder);
  const { params, set, read, view, mentioned, scene, marks, commands } = explorer;
  const hovered = marks.hovered ? scene.nodes.get(marks.hovered) : undefined;
  const selected = params.node;
  const shown = selected && !read.gone ? selected : view.centre;
  return (
    <div className="flex flex-col gap-3">
      <ExplorerTools user={user} explorer={explorer} finder={finder} mayExport={may.export} />
      {read.error ? (
        <Notice tone="risk" action={<Button onClick={read.retry}>Try again</Button>}>
          {read.error.message}
        </Notice>
      ) : null}
      {read.gone ? (
        <Notice tone="info" action={<Button onClick={() => set({ node: null, to: null })}>Close</Button>}>
          The node this link points to is not there any more.
        </Notice>
      ) : null}
      <div className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-3">
          <div
            aria-busy={read.waiting}
            className="relative h-[max(24rem,calc(100dvh-27rem))] overflow-hidden rounded-lg border bg-raised"
          >
            {params.as === "table" ? (
              <GraphTable scene={scene} centre={view.centre} selected={selected} onSelect={explorer.select} />
            ) : (
              <>
                <Canvas
                  view={view}
                  scene={scene}
                  marks={marks}
                  camera={explorer.camera}
                  onSelect={explorer.select}
                  onHover={explorer.setHovered}
                  onCamera={explorer.keepCamera}
                  onPlaces={explorer.keepPlaces}
                  onReady={explorer.setPicture}
                />
                {hovered ? <HoverCard node={hovered} at={scene.at} /> : null}
                {explorer.picture ? <PictureTools look={explorer.look} /> : null}
              </>
            )}
          </div>
          <Timeline facts={view.facts} day={params.at} onDay={explorer.showDay} />
          <Extent view={read.view} scene={scene} params={params} set={set} />
          <Mentioned nodes={mentioned} selected={selected} onSelect={explorer.select} />
        </div>
        <aside
          aria-label="The selected node"
          className="min-w-0 lg:max-h-[max(34rem,calc(100dvh-17rem))] lg:overflow-y-auto lg:pr-1"
        >
          <NodePanel
            user={user}
            uuid={shown}
            node={scene.nodes.get(shown)}
            may={may}
            commands={commands}
            path={
              params.to && selected && !read.waiting ? (
                <PathSteps view={view} scene={scene} onEnd={() => set({ to: null })} onVisit={explorer.visit} />
              ) : null
            }
            onChanged={() => router.refresh()}
          />
        </aside>
      </div>
    </div>
  );
}
