import { searchGraph as search } from "#lib/graph/search/queries.ts";
import { defineRoute } from "#lib/route.ts";
import { searchGraph } from "#lib/zep/graph-search.ts";
import { presentEdge, presentEpisode, presentNode } from "#lib/zep/graph-shapes.ts";

export const POST = defineRoute(searchGraph, async ({ actor, body }) => {
  const { edges, nodes, episodes } = await search(actor, body.owner, body.search);
  return { edges: edges.map(presentEdge), nodes: nodes.map(presentNode), episodes: episodes.map(presentEpisode) };
});
