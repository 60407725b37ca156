import type { Store } from "#lib/db/stored-tables.ts";

/** Who did what. A person appears as a random reference that is gone with them, so an erasure leaves the trail as it is. */
export const AUDIT_STORE: Store = [
  {
    name: "audit_events",
    title: "Events of the audit trail",
    exempt: "accountability: names the person only by a reference that leads nowhere once they are gone",
    columns: { ours: ["action", "data"] },
  },
  { name: "audit_links", title: "The chain of the audit trail", columns: { ours: ["hash"] } },
  { name: "audit_unlinked", title: "Events that are not in the chain yet", columns: {} },
];
