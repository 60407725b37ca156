import { getStanding, type SceneNode } from "#components/graph/scene.ts";
import { Tag } from "#components/ui/tag.tsx";
import { formatCount } from "#lib/format.ts";

const AT_A_GLANCE = 6;

/** What one looks at, in sentences, laid over the corner of the picture. */
export function HoverCard({ node, at }: { node: SceneNode; at: number }) {
  return (
    <div className="pointer-events-none absolute top-3 left-3 max-w-80 rounded-lg border bg-raised/95 px-3 py-2 shadow-md shadow-(color:--shadow)">
      <p className="flex items-baseline gap-2">
        <strong dir="auto" className="truncate">
          {node.name}
        </strong>
        <span className="text-xs text-faint">{node.kind}</span>
      </p>
      {node.facts.length === 0 ? <p className="text-xs text-faint">no facts</p> : null}
      <ul className="mt-1 flex flex-col gap-1 font-serif text-[0.875rem] leading-5">
        {node.facts
          .toReversed()
          .slice(0, AT_A_GLANCE)
          .map((fact) => (
            <li key={fact.uuid} dir="auto">
              {fact.fact} {getStanding(fact, at) === "over" ? <Tag tone="ended">over</Tag> : null}
            </li>
          ))}
      </ul>
      {node.facts.length > AT_A_GLANCE ? (
        <p className="mt-1 text-xs text-faint">{`and ${formatCount(node.facts.length - AT_A_GLANCE, "more fact")}`}</p>
      ) : null}
    </div>
  );
}

/** The same facts as text for screen readers. */
export function listFactSentences({ facts }: SceneNode, at: number): string[] {
  const told = facts.toReversed().slice(0, AT_A_GLANCE);
  if (told.length === 0) return ["No facts."];
  return told.map((fact) => `${fact.fact.replace(/[.!?]$/, "")}${getStanding(fact, at) === "over" ? " (over)" : ""}.`);
}
