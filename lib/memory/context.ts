import type { FactRecord, NodeRow } from "#lib/graph/schema.ts";
import { maskSecrets } from "#lib/secrets.ts";

/** The context block that an application puts before its model (the format of the published clients' own helper). */
export function composeContext(edges: FactRecord[], nodes: NodeRow[]): string {
  const facts = edges.map(
    (edge) =>
      `  - ${neutraliseText(edge.fact)} (${formatTime(edge.validAt, "date unknown")} - ${formatTime(edge.invalidAt, "present")})`,
  );
  const entities = nodes.map((node) => `  - ${neutraliseText(node.name)}: ${neutraliseText(node.summary)}`);
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

/** What is remembered cannot give orders: it has no tags, no line breaks and no secrets. */
function neutraliseText(text: string): string {
  return maskSecrets(text).replace(/\s+/g, " ").replaceAll("<", "‹").replaceAll(">", "›");
}

function formatTime(time: Date | null, unknown: string): string {
  return time ? time.toISOString().slice(0, 19).replace("T", " ") : unknown;
}
