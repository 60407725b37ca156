import pg from "pg";

/** What may only be read and added to; triggers say what else may happen to some of them. */
const NEVER_REMOVED = [
  "audit_events",
  "audit_links",
  "receipts",
  "proof_runs",
  "suppressions",
  "restore_gates",
  "instance_keys",
  "privacy_requests",
  "request_approvals",
  "request_steps",
  "privacy_policies",
  "_prisma_migrations",
];
/** Of these nothing may be changed either. */
const NEVER_CHANGED = [
  "audit_events",
  "audit_links",
  "proof_runs",
  "instance_keys",
  "request_approvals",
  "request_steps",
  "_prisma_migrations",
];
/** What follows from the product's own rules, which nobody adds to. */
const NEVER_ADDED = ["request_steps"];

/**
 * Lets the application's role do what the product does, and nothing else: it owns no table, so it can neither change one nor
 * switch a trigger off, and what is append-only it cannot even ask to change. Run after every migration; running it again changes nothing.
 * @param role the name that the application connects by.
 */
export async function grantToApplication(ownerUrl: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const name = client.escapeIdentifier(role);
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(7203119)");
    for (const schema of ["public", "lethe_queue"]) {
      await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${name}`);
      await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${name}`);
      await client.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${name}`);
    }
    await client.query(`REVOKE DELETE, TRUNCATE ON ${NEVER_REMOVED.join(", ")} FROM ${name}`);
    await client.query(`REVOKE INSERT ON ${NEVER_ADDED.join(", ")} FROM ${name}`);
    await client.query(`REVOKE UPDATE ON ${NEVER_CHANGED.join(", ")} FROM ${name}`);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}
