import type { AuditData, EPISODE_SOURCES } from "#lib/audit/schema.ts";
import { counted } from "#lib/format.ts";
import { relationWords } from "#lib/graph/view/facts/schema.ts";

const SOURCE_WORDS: Record<(typeof EPISODE_SOURCES)[number], string> = {
  message: "a message",
  text: "a text",
  json: "data",
  fact_triple: "a stated fact",
  correction: "a correction",
};

/** What an event says beside who and whom, in words. */
export function EventDetails({ data }: { data: AuditData }) {
  const words = [
    data.relation ? relationWords(data.relation) : null,
    data.sources ? `drawn from ${data.sources.map((source) => SOURCE_WORDS[source]).join(" and ")}` : null,
    data.fields ? `fields: ${data.fields.join(", ")}` : null,
    data.users ? counted(data.users, "user") : null,
    data.sessions === undefined ? null : counted(data.sessions, "session"),
    data.messages === undefined ? null : counted(data.messages, "message"),
    data.episodes ? counted(data.episodes, "episode") : null,
    data.facts ? counted(data.facts, "fact") : null,
    data.nodes ? counted(data.nodes, "node") : null,
    data.role ? `role: ${data.role}` : null,
    data.scopes ? `scopes: ${data.scopes.join(", ")}` : null,
    data.failures ? `${counted(data.failures, "failure")} in a row` : null,
    data.permission ? `needs ${data.permission}` : null,
  ];
  return <span className="text-soft">{words.filter(Boolean).join(" · ")}</span>;
}
