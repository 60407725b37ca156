import { z } from "zod";
import { textSchema } from "#lib/validation.ts";

/** What of a person's graph is wanted: the most relevant nodes, and whatever else is named. */
export interface GraphViewQuery {
  user: string;
  limit: number;
  /** Nodes whose neighbours are wanted as well. */
  open: string[];
  /** The selected node. */
  node: string | null;
  /** The other end of a path from the selected node. */
  to: string | null;
}

/** Someone or something in the picture. Times are milliseconds since the epoch, since a picture may hold 20,000 of them. */
export interface ViewNode {
  uuid: string;
  name: string;
  labels: string[];
  /** How many facts of the whole graph it is an end of. */
  degree: number;
  /** Since when it is known. */
  since: number;
  /** Where it stood last; null where it never stood anywhere. */
  x: number | null;
  y: number | null;
  pinned: boolean;
}

/** A fact between two nodes of the picture, or about one of them. `begun` is when it came to hold, or else when it was first said. */
export interface ViewFact {
  uuid: string;
  source: string;
  target: string;
  name: string;
  fact: string;
  begun: number;
  /** Whether somebody said since when it holds. */
  isDated: boolean;
  ended: number | null;
}

export interface GraphView {
  /** What was asked for. */
  asked: Omit<GraphViewQuery, "user">;
  /** The person's own node. */
  centre: string;
  nodes: ViewNode[];
  facts: ViewFact[];
  /** How much there is in all. */
  total: { nodes: number; facts: number };
  /** The nodes from the selected one to the other end, both included; empty where no path was asked for or none was found. */
  path: string[];
  /** The open nodes that have more neighbours than were added. */
  cut: string[];
}

/** Where the nodes of a picture came to stand. */
export const keepPlacesSchema = z.object({
  user: z.uuid(),
  places: z
    .array(z.object({ uuid: z.uuid(), x: z.number().finite(), y: z.number().finite(), pinned: z.boolean() }))
    .max(20_000),
});

export type Places = z.infer<typeof keepPlacesSchema>;

export const findNodesSchema = z.object({ text: textSchema(200).trim().min(1) });

export const recordExportSchema = z.object({
  user: z.uuid(),
  nodes: z.number().int().min(0),
  facts: z.number().int().min(0),
});
