import { findKind } from "#components/graph/kinds.ts";
import type { GraphView, ViewFact, ViewNode } from "#lib/graph/view/picture/schema.ts";

/** What of a view is to be seen. Empty sets restrict nothing. */
export interface Choice {
  kinds: ReadonlySet<string>;
  relations: ReadonlySet<string>;
  hidden: ReadonlySet<string>;
  /** The moment shown: what began later is not there yet, what ended earlier is over. */
  at: number;
  /** Whether what is over is shown at all. */
  past: boolean;
  /** How many steps around the focus; null for any number. */
  depth: number | null;
  focus: string | null;
}

export type Standing = "holds" | "over";

export interface SceneNode extends ViewNode {
  kind: string;
  /** Over, when all that is known of it is. */
  standing: Standing;
  facts: ViewFact[];
}

/** All facts between the same two nodes, drawn as one line. */
interface SceneLink {
  key: string;
  source: string;
  target: string;
  standing: Standing;
  facts: ViewFact[];
}

/** What is shown, for the picture and for the graph table. */
export interface Scene {
  nodes: Map<string, SceneNode>;
  links: Map<string, SceneLink>;
  /** Every fact about a node that is seen. */
  facts: ViewFact[];
  at: number;
}

/** Parts a view into what something is known of, which is drawn, and what was only mentioned. */
export function partView(view: GraphView): { known: GraphView; mentioned: ViewNode[] } {
  const ends = new Set([view.centre, ...view.facts.flatMap(({ source, target }) => [source, target])]);
  const nodes = view.nodes.filter(({ uuid }) => ends.has(uuid));
  if (nodes.length === view.nodes.length) return { known: view, mentioned: [] };
  return { known: { ...view, nodes }, mentioned: view.nodes.filter(({ uuid }) => !ends.has(uuid)) };
}

/** Works out what a choice leaves of a view. */
export function buildScene(view: GraphView, choice: Choice): Scene {
  const kept = new Set(view.nodes.filter((node) => isWanted(view, node, choice)).map(({ uuid }) => uuid));
  const facts = view.facts.filter((fact) => kept.has(fact.source) && kept.has(fact.target) && isShown(fact, choice));
  const factsOf = new Map<string, ViewFact[]>();
  for (const fact of facts)
    for (const end of new Set([fact.source, fact.target])) {
      const own = factsOf.get(end);
      if (own) own.push(fact);
      else factsOf.set(end, [fact]);
    }
  const near = findNearbyNodes(facts, choice, view.centre);
  const nodes = new Map<string, SceneNode>();
  for (const node of view.nodes) {
    const own = factsOf.get(node.uuid) ?? [];
    const there = own.length > 0 || node.uuid === view.centre;
    if (!there || !kept.has(node.uuid) || (near && !near.has(node.uuid))) continue;
    const standing = own.length > 0 && own.every((fact) => getStanding(fact, choice.at) === "over") ? "over" : "holds";
    nodes.set(node.uuid, { ...node, kind: findKind(node), standing, facts: own });
  }
  const told = facts.filter(({ source, target }) => nodes.has(source) || nodes.has(target));
  return { nodes, links: buildLinks(facts, nodes, choice.at), facts: told, at: choice.at };
}

export function getStanding({ ended }: ViewFact, at: number): Standing {
  return ended !== null && ended <= at ? "over" : "holds";
}

/** The two ends of a line, whichever way its facts point. */
export function makeLinkKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** Who is one fact away from a node in a scene. */
export function listNeighbours({ nodes }: Scene, uuid: string): Set<string> {
  const ends = (nodes.get(uuid)?.facts ?? []).flatMap(({ source, target }) => [source, target]);
  return new Set(ends.filter((end) => end !== uuid && nodes.has(end)));
}

function isWanted({ centre }: GraphView, node: ViewNode, { kinds, hidden }: Choice): boolean {
  if (node.uuid === centre) return true;
  return !hidden.has(node.uuid) && (kinds.size === 0 || kinds.has(findKind(node)));
}

function isShown(fact: ViewFact, { relations, at, past }: Choice): boolean {
  if (fact.begun > at || (!past && getStanding(fact, at) === "over")) return false;
  return relations.size === 0 || relations.has(fact.name);
}

/** What lies within `depth` steps of the focus; null where the depth is not limited. */
function findNearbyNodes(facts: ViewFact[], { depth, focus }: Choice, centre: string): Set<string> | null {
  if (depth === null) return null;
  let edge = new Set([focus ?? centre]);
  const reached = new Set([...edge, centre]);
  for (let step = 0; step < depth; step += 1) {
    const next = new Set<string>();
    for (const { source, target } of facts) {
      if (edge.has(source) && !reached.has(target)) next.add(target);
      if (edge.has(target) && !reached.has(source)) next.add(source);
    }
    for (const uuid of next) reached.add(uuid);
    edge = next;
  }
  return reached;
}

function buildLinks(facts: ViewFact[], nodes: Map<string, SceneNode>, at: number): Map<string, SceneLink> {
  const links = new Map<string, SceneLink>();
  for (const fact of facts) {
    const { source, target } = fact;
    if (source === target || !nodes.has(source) || !nodes.has(target)) continue;
    const key = makeLinkKey(source, target);
    const link = links.get(key) ?? { key, source, target, standing: "over", facts: [] };
    link.facts.push(fact);
    if (getStanding(fact, at) === "holds") link.standing = "holds";
    links.set(key, link);
  }
  return links;
}
