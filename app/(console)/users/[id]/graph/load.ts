import type { SearchParams } from "nuqs/server";
import { loadGraphParams } from "#app/(console)/users/[id]/graph/search-params.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { listFacts } from "#lib/graph/view/facts/queries.ts";
import { NO_FACT_FILTER } from "#lib/graph/view/facts/schema.ts";
import { getGraphView, getNodeCard } from "#lib/graph/view/picture/queries.ts";
import { MOST_OPEN } from "#lib/graph/view/picture/terms.ts";

/** As many facts as the panel of one node lists. */
const IN_PANEL = 50;

/** The part of a person's graph that a URL asks for. */
export async function loadGraph(actor: Actor, user: string, source: Request | SearchParams) {
  const { limit, open, node, to } = await loadGraphParams(source);
  return getGraphView(actor, { user, limit, open: open.slice(0, MOST_OPEN), node, to });
}

/** What a node's panel shows: what is known of it, and its facts with their provenance. */
export async function loadNode(actor: Actor, place: { user: string; node: string }) {
  const filter = { ...NO_FACT_FILTER, ...place };
  const [card, facts] = await Promise.all([
    getNodeCard(actor, place),
    listFacts(actor, { page: 1, size: IN_PANEL, sort: "from", direction: "desc", filter }),
  ]);
  return { ...card, facts };
}

export type NodeDetail = Awaited<ReturnType<typeof loadNode>>;
