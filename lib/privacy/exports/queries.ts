import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BIGINT, nullable, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";

/** A copy of a person's data, as those see it who make them. */
export interface DataExportRow {
  uuid: string;
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date;
  sizeBytes: bigint;
  downloadedAt: Date | null;
}

const EXPORT_SHAPE: Shape<DataExportRow> = {
  uuid: TEXT,
  createdBy: nullable(TEXT),
  createdAt: TIME,
  expiresAt: TIME,
  sizeBytes: BIGINT,
  downloadedAt: nullable(TIME),
};

const MOST_SHOWN = 20;

/** The copies that were made of a person's data and are still there or were handed over, the latest first. */
export async function listExports(actor: Actor, { user }: { user: string }): Promise<DataExportRow[]> {
  authorize(actor, "users:export");
  return readRowsIn(db(), EXPORT_SHAPE)`
    SELECT e.uuid, o.name AS "createdBy", e.created_at AS "createdAt", e.expires_at AS "expiresAt", e.size_bytes AS "sizeBytes",
      e.downloaded_at AS "downloadedAt"
    FROM data_exports e LEFT JOIN operators o ON o.uuid = e.created_by
    WHERE ${inProject(actor, "e")} AND e.user_uuid = ${user}::uuid ORDER BY e.created_at DESC LIMIT ${MOST_SHOWN}`;
}
