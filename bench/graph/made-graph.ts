import type { GraphView, ViewFact, ViewNode } from "#lib/graph/view/picture/schema.ts";

const KINDS = ["Person", "Organization", "Place", "Event", "Product", "Topic"];
const BEGUN = Date.UTC(2025, 0, 1);

/**
 * A graph of so many nodes and twice as many facts: clusters around hubs, as people's memories are, with places that
 * show the clusters. The same size gives the same graph.
 */
export function makeGraphView(size: number): GraphView {
  const random = makeRandom(size);
  const clusters = Math.max(4, Math.round(Math.sqrt(size) / 2));
  const hubs = Array.from({ length: clusters }, (_, index) => {
    const angle = (index / clusters) * 2 * Math.PI;
    const reach = 400 * Math.sqrt(size / 100) * (0.4 + 0.6 * random());
    return { x: reach * Math.cos(angle), y: reach * Math.sin(angle) };
  });
  const nodes = Array.from({ length: size }, (_, index): ViewNode => {
    const hub = hubs[index % clusters] ?? { x: 0, y: 0 };
    const spread = 30 * Math.sqrt(size / clusters);
    const place = { x: hub.x + (random() - 0.5) * spread, y: hub.y + (random() - 0.5) * spread };
    const labels = ["Entity", KINDS[index % KINDS.length] ?? "Person"];
    return { uuid: `n${index}`, name: `Node ${index}`, labels, degree: 0, since: BEGUN, pinned: false, ...place };
  });
  const facts = Array.from({ length: 2 * size }, (_, index): ViewFact => {
    const source = index % size;
    const within = (source % clusters) + clusters * Math.floor((random() ** 2 * size) / clusters);
    const target = random() < 0.85 ? within % size : Math.floor(random() * size);
    const ends = { source: `n${source}`, target: `n${target === source ? (source + 1) % size : target}` };
    return {
      uuid: `f${index}`,
      ...ends,
      name: "KNOWS",
      fact: `Node ${source} knows Node ${target}`,
      begun: BEGUN,
      isDated: true,
      ended: null,
    };
  });
  for (const { source, target } of facts)
    for (const end of [source, target]) {
      const node = nodes[Number(end.slice(1))];
      if (node) node.degree += 1;
    }
  const asked = { limit: size, open: [], node: null, to: null };
  return { asked, centre: "n0", nodes, facts, total: { nodes: size, facts: 2 * size }, path: [], cut: [] };
}

/** Mulberry32. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
