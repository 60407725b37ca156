import { type RefObject, useCallback, useEffect, useMemo, useState } from "react";
import { keepPlacesAction } from "#app/(console)/users/[id]/graph/actions.ts";
import { graphParams } from "#app/(console)/users/[id]/graph/search-params.ts";
import { useCamera } from "#app/(console)/users/[id]/graph/use-camera.ts";
import { useGraphView } from "#app/(console)/users/[id]/graph/use-graph-view.ts";
import { WHOLE } from "#components/graph/camera.ts";
import type { Picture } from "#components/graph/picture.ts";
import { buildScene, partView } from "#components/graph/scene.ts";
import type { Marks } from "#components/graph/styling.ts";
import { toMoment } from "#components/graph/timeline.tsx";
import { useShownProject } from "#components/ui/project-provider.tsx";
import { useShortcut } from "#components/ui/shortcuts.tsx";
import { useUrlState } from "#components/ui/use-url-state.ts";
import type { GraphView, Places } from "#lib/graph/view/picture/schema.ts";

const CLOSER = 1.5;

export type Explorer = ReturnType<typeof useExplorer>;

/** The state and the commands of the graph page. All of it lives in the URL, except what the pointer is over. */
export function useExplorer(user: string, initial: GraphView, finder: RefObject<HTMLInputElement | null>) {
  const [params, set] = useUrlState(graphParams);
  const [hovered, setHovered] = useState<string | null>(null);
  const [picture, setPicture] = useState<Picture | null>(null);
  const read = useGraphView(user, initial, params);
  const { known: view, mentioned } = useMemo(() => partView(read.view), [read.view]);
  const { kinds, relations, hide, at, past, depth, node, to } = params;
  const scene = useMemo(() => {
    const sets = { kinds: new Set(kinds), relations: new Set(relations), hidden: new Set(hide) };
    return buildScene(view, { ...sets, at: toMoment(at), past: past === null, depth, focus: node });
  }, [view, kinds, relations, hide, at, past, depth, node]);
  const marks = useMemo((): Marks => ({ selected: node, hovered, path: view.path }), [node, hovered, view]);

  const select = useCallback(
    (uuid: string | null) => {
      // What is selected already makes no entry in the history.
      if (uuid !== node || to !== null) set({ node: uuid, to: null });
    },
    [set, node, to],
  );
  const showDay = useCallback((day: string | null) => set({ at: day }, { history: "replace" }), [set]);
  const [awaited, flyWhenThere] = useState<string | null>(null);
  useEffect(() => {
    if (!awaited || !picture || !scene.nodes.has(awaited)) return;
    flyWhenThere(null);
    picture.flyTo(awaited);
  }, [awaited, picture, scene]);
  const opened = node !== null && params.open.includes(node);
  const pinned = node !== null && (picture?.isPinned(node) ?? false);
  const [, redraw] = useState(0);
  const pinNode = (uuid: string, fast: boolean) => {
    picture?.pin(uuid, fast);
    redraw((count) => count + 1);
  };
  const commands = {
    open: node && !opened ? () => set({ open: [...params.open, node] }) : undefined,
    close: node && opened ? () => set({ open: params.open.filter((uuid) => uuid !== node) }) : undefined,
    pin: node && !pinned && picture ? () => pinNode(node, true) : undefined,
    unpin: node && pinned ? () => pinNode(node, false) : undefined,
    hide: node && node !== view.centre ? () => set({ hide: [...hide, node], node: null, to: null }) : undefined,
    pathTo: ({ uuid }: { uuid: string }) => set({ node: node ?? view.centre, to: uuid }),
  };

  const look = {
    closer: () => picture?.zoom(CLOSER),
    farther: () => picture?.zoom(1 / CLOSER),
    fit: () => picture?.moveCamera(WHOLE),
    fly: () => picture?.flyTo(node ?? view.centre),
    rearrange: () => picture?.rearrange(),
  };
  useShortcut("/", "Find a node", () => finder.current?.focus());
  useShortcut("+", "Zoom in", look.closer);
  useShortcut("-", "Zoom out", look.farther);
  useShortcut("0", "Fit everything in", look.fit);
  useShortcut("c", "Fly to the selected node", look.fly);
  useShortcut("x", "Show the selected node's neighbours, or take them back", () =>
    (commands.open ?? commands.close)?.(),
  );
  useShortcut("p", "Pin or unpin the selected node", () => (commands.pin ?? commands.unpin)?.());
  useShortcut("h", "Hide the selected node", () => commands.hide?.());
  useShortcut("t", "Picture or table", () => set({ as: params.as === "table" ? null : "table" }));

  return {
    params,
    set,
    read,
    view,
    mentioned,
    scene,
    marks,
    look,
    setHovered,
    select,
    showDay,
    commands,
    picture,
    flyWhenThere,
    /** Looks at a node without selecting it. */
    visit: (uuid: string) => {
      setHovered(uuid);
      flyWhenThere(uuid);
    },
    setPicture,
    ...useCamera(picture, params.cam, (cam) => set({ cam }, { history: "replace" })),
    keepPlaces: useKeepPlaces(user),
  };
}

/** As many places as one request carries. */
const TOGETHER = 2_000;

function useKeepPlaces(user: string) {
  const project = useShownProject();
  return useCallback(
    async (places: Places["places"]) => {
      for (let from = 0; from < places.length; from += TOGETHER) {
        const some = places.slice(from, from + TOGETHER);
        // A place that could not be kept is worked out again on the next visit.
        await keepPlacesAction(project, { user, places: some }).catch(() => undefined);
      }
    },
    [project, user],
  );
}
