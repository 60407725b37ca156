import { keepPreviousData, type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { readJson } from "#components/ui/read-json.ts";
import type { GraphView } from "#lib/graph/view/picture/schema.ts";

type Asked = GraphView["asked"];

/**
 * The part of a graph that the URL asks for. A selected node is requested only if it is not loaded yet, so that moving
 * between loaded nodes makes no request. While another part loads, the old one stays on screen.
 */
export function useGraphView(user: string, initial: GraphView, { limit, open, node, to }: Asked) {
  const client = useQueryClient();
  // The page may be older than the address: Back shows it as it was first made.
  const [first, setFirst] = useState({ initial, query: makeQuery(initial.asked) });
  if (first.initial !== initial) setFirst({ initial, query: makeQuery(initial.asked) });
  const [reach, setReach] = useState(initial.asked.node);
  const query = makeQuery({ limit, open, node: to && node ? node : reach, to: node ? to : null });
  useEffect(() => {
    client.setQueryData(["view", first.query], first.initial);
    const isOlder = ({ queryKey }: { queryKey: QueryKey }) => queryKey[1] !== first.query;
    void client.invalidateQueries({ queryKey: ["view"], predicate: isOlder });
  }, [client, first]);
  const read = useQuery({
    queryKey: ["view", query],
    queryFn: ({ signal }) => readJson<GraphView>(`/users/${user}/graph/view?${query}`, { signal }),
    initialData: query === first.query ? first.initial : undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const view = read.data ?? first.initial;
  const isThere = node === null || view.nodes.some(({ uuid }) => uuid === node);
  if (!isThere && reach !== node) setReach(node);
  return {
    view,
    waiting: read.isPlaceholderData || read.isPending,
    error: read.error,
    retry: () => void read.refetch(),
    /** The selected node exists no more. */
    gone: !isThere && reach === node && !read.isFetching && !read.error,
  };
}

function makeQuery({ limit, open, node, to }: Asked): string {
  const given = { limit: String(limit), open: open.join(","), node: node ?? "", to: to ?? "" };
  return new URLSearchParams(Object.entries(given).filter(([, value]) => value !== "")).toString();
}
