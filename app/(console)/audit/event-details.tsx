import type { AuditData } from "#lib/audit/schema.ts";
import { counted } from "#lib/format.ts";

/** What an event says beside who and whom, in words. */
export function EventDetails({ data }: { data: AuditData }) {
  const words = [
    data.fields ? `fields: ${data.fields.join(", ")}` : null,
    data.users ? counted(data.users, "user") : null,
    data.sessions === undefined ? null : counted(data.sessions, "session"),
    data.messages === undefined ? null : counted(data.messages, "message"),
    data.episodes ? counted(data.episodes, "episode") : null,
    data.facts ? counted(data.facts, "fact") : null,
    data.nodes ? counted(data.nodes, "node") : null,
    data.role ? `role: ${data.role}` : null,
    data.scopes ? `scopes: ${data.scopes.join(", ")}` : null,
    data.permission ? `needs ${data.permission}` : null,
  ];
  return <span className="text-soft">{words.filter(Boolean).join(" · ")}</span>;
}
