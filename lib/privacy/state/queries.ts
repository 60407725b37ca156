import { existsSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { findKeyProblem } from "#lib/keys/register.ts";

export interface PrivacyWarning {
  /** Whether erasures, or everything, are refused because of it. */
  tone: "risk" | "info";
  words: string;
}

/** What keeps erasures from being done, from being proved or from lasting, as this instance is set up. */
export async function listPrivacyWarnings(actor: Actor): Promise<PrivacyWarning[]> {
  authorize(actor, "receipts:read");
  const keys = await findKeyProblem(db());
  const gates = await db().restoreGate.count({ where: { closedAt: null } });
  const { DATABASE_URL, DATABASE_OWNER_URL } = env();
  const journal = findJournalProblem();
  return [
    ...(keys ? [{ tone: "risk" as const, words: `${keys} Nobody can be erased before it is found.` }] : []),
    ...(gates > 0
      ? [
          {
            tone: "risk" as const,
            words:
              "This database was restored from a backup older than some erasures. Nothing is taken in until “npm run erasure:replay” has done them again.",
          },
        ]
      : []),
    ...(journal ? [{ tone: "info" as const, words: journal }] : []),
    ...(DATABASE_OWNER_URL === undefined || DATABASE_OWNER_URL === DATABASE_URL
      ? [
          {
            tone: "info" as const,
            words:
              "The application connects as the owner of its tables: whoever has that password can switch off what keeps the audit trail, receipts and holds. DATABASE_OWNER_URL separates the two; receipts say so until then.",
          },
        ]
      : []),
  ];
}

/** The journal has to outlive the database, and all processes have to write the same one. */
function findJournalProblem(): string | null {
  const { LETHE_JOURNAL, LETHE_DATA_DIR } = env();
  const dataDir = resolve(LETHE_DATA_DIR);
  if (!LETHE_JOURNAL) return "LETHE_JOURNAL does not say where erasures are written down.";
  const journal = resolve(LETHE_JOURNAL);
  if (journal.startsWith(`${dataDir}${sep}`))
    return "The journal of erasures lies in the data directory: whoever loses the one loses the other. Set LETHE_JOURNAL to another place.";
  const isEmbedded = existsSync(join(dataDir, "postgres.json"));
  return !isEmbedded && journal.startsWith(`${dataDir}-journal`)
    ? "The journal of erasures lies on this machine alone, and the database elsewhere. Set LETHE_JOURNAL to a place that all processes share."
    : null;
}
