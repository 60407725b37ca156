import type { FactRecord, NodeRow } from "#lib/graph/schema.ts";

/** The context block that an application puts before its model (the format of the published clients' own helper). */
export function composeContext(edges: FactRecord[], nodes: NodeRow[]): string {
  const facts = edges.map(
    (edge) =>
      `  - ${edge.fact} (${formatTime(edge.validAt, "date unknown")} - ${formatTime(edge.invalidAt, "present")})`,
  );
  const entities = nodes.map((node) => `  - ${node.name}: ${node.summary}`);
  return `
FACTS and ENTITIES represent relevant context to the current conversation.

# These are the most relevant facts and their valid date ranges
# format: FACT (Date range: from - to)
<FACTS>
${facts.join("\n")}
</FACTS>

# These are the most relevant entities
# ENTITY_NAME: entity summary
<ENTITIES>
${entities.join("\n")}
</ENTITIES>
`;
}

function formatTime(time: Date | null, unknown: string): string {
  return time ? time.toISOString().slice(0, 19).replace("T", " ") : unknown;
}
