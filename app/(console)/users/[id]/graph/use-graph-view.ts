"use client";

import { keepPreviousData, QueryClient, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { readJson } from "#components/ui/read-json.ts";
import type { GraphView } from "#lib/graph-view/schema.ts";

interface Asked {
  limit: number;
  open: string[];
  node: string | null;
  to: string | null;
}

/**
 * The part of a graph that the URL asks for. What is selected is asked for only where it is not there yet, so that going
 * from node to node loads nothing. While another part is loading the one before it stays.
 */
export function useGraphView(user: string, initial: GraphView, { limit, open, node, to }: Asked) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } }));
  const [reach, setReach] = useState(node);
  const query = new URLSearchParams({
    limit: String(limit),
    ...(open.length > 0 ? { open: open.join(",") } : {}),
    ...(to && node ? { node, to } : reach ? { node: reach } : {}),
  }).toString();
  const [first, setFirst] = useState({ initial, query });
  if (first.initial !== initial) setFirst({ initial, query });
  useEffect(() => {
    client.setQueryData([first.query], first.initial);
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== first.query });
  }, [client, first]);
  const read = useQuery(
    {
      queryKey: [query],
      queryFn: ({ signal }) => readJson<GraphView>(`/users/${user}/graph/view?${query}`, { signal }),
      initialData: query === first.query ? first.initial : undefined,
      placeholderData: keepPreviousData,
      staleTime: Number.POSITIVE_INFINITY,
    },
    client,
  );
  const view = read.data ?? first.initial;
  const isThere = node === null || view.nodes.some(({ uuid }) => uuid === node);
  if (!isThere && reach !== node) setReach(node);
  return {
    view,
    waiting: read.isPlaceholderData,
    error: read.error,
    retry: () => void read.refetch(),
    /** The selected node exists no more. */
    gone: !isThere && reach === node && !read.isFetching && !read.error,
  };
}
