import { makeLinkKey, type Scene } from "#components/graph/scene.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { GraphView } from "#lib/graph/view/picture/schema.ts";
import { MOST_STEPS } from "#lib/graph/view/picture/terms.ts";

interface PathStepsProps {
  view: GraphView;
  scene: Scene;
  onEnd: () => void;
  onVisit: (uuid: string) => void;
}

/** A way from one node to another: every step with the facts that make it. */
export function PathSteps({ view, scene, onEnd, onVisit }: PathStepsProps) {
  const close = <Button onClick={onEnd}>Leave the path</Button>;
  if (view.path.length === 0)
    return <Notice tone="info" action={close}>{`No path of at most ${MOST_STEPS} steps leads there.`}</Notice>;
  const names = new Map(view.nodes.map(({ uuid, name }) => [uuid, name]));
  return (
    <section aria-label="Path" className="rounded-lg border border-river/40 bg-river-wash p-3">
      <ol className="flex flex-col gap-1">
        {view.path.map((uuid, index) => {
          const before = view.path[index - 1];
          const between = before ? (scene.links.get(makeLinkKey(before, uuid))?.facts ?? []) : [];
          return (
            <li key={uuid}>
              {between.slice(0, 3).map((fact) => (
                <p key={fact.uuid} dir="auto" className="ml-2 border-l-2 border-l-river py-1 pl-3 font-serif">
                  {fact.fact}
                </p>
              ))}
              <button
                type="button"
                className="font-medium text-river-strong hover:underline"
                onClick={() => onVisit(uuid)}
              >
                {names.get(uuid)}
              </button>
            </li>
          );
        })}
      </ol>
      <div className="mt-2">{close}</div>
    </section>
  );
}
