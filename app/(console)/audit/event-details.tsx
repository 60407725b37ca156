import type { AuditData, EPISODE_SOURCES } from "#lib/audit/schema.ts";
import { isViewKind, VIEW_KINDS } from "#lib/audit/terms.ts";
import { formatCount } from "#lib/format.ts";
import { formatRelation } from "#lib/relations.ts";

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
    data.relation ? formatRelation(data.relation) : null,
    data.sources ? `drawn from ${data.sources.map((source) => SOURCE_WORDS[source]).join(" and ")}` : null,
    data.fields ? `fields: ${data.fields.join(", ")}` : null,
    data.users ? formatCount(data.users, "user") : null,
    data.sessions === undefined ? null : formatCount(data.sessions, "session"),
    data.messages === undefined ? null : formatCount(data.messages, "message"),
    data.episodes ? formatCount(data.episodes, "episode") : null,
    data.facts ? formatCount(data.facts, "fact") : null,
    data.nodes ? formatCount(data.nodes, "node") : null,
    data.request === undefined ? null : `request ${data.request}`,
    data.state ? data.state.replaceAll("_", " ") : null,
    data.redacted ? `${data.redacted} redacted` : null,
    data.deleted ? `${data.deleted} deleted` : null,
    data.view && isViewKind(data.view) ? VIEW_KINDS[data.view] : null,
    data.role ? `role: ${data.role}` : null,
    data.scopes ? `scopes: ${data.scopes.join(", ")}` : null,
    data.failures ? `${formatCount(data.failures, "failure")} in a row` : null,
    data.placeholder ? "for a session that came before its user" : null,
    data.permission ? `needs ${data.permission}` : null,
  ];
  return <span className="text-soft">{words.filter(Boolean).join(" · ")}</span>;
}
