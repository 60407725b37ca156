import type { Store } from "#lib/db/stored-tables.ts";

/** Where applications are told of what happens, and what was sent there. */
export const WEBHOOK_STORE: Store = [
  { name: "webhook_attempts", title: "Attempts to reach webhooks", columns: { ours: ["problem"] } },
  {
    name: "webhook_deliveries",
    title: "Events for webhooks",
    exempt:
      "tells other systems to delete as well (GDPR, Art. 19): the number of the request and a hash that only the receiver can match; gone after 30 days",
    columns: { ours: ["event", "body"] },
  },
  {
    name: "webhooks",
    title: "Webhooks",
    columns: { ours: ["events", "secret", "former_secret", "disabled_reason", "url"] },
  },
];
