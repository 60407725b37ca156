import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, NUMBER, nullable, readRowsIn, type Shape, TEXT, TIME } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";

export interface HoldRow {
  uuid: string;
  user: string;
  userId: string;
  /** The one session that is held; everything of the person where there is none. */
  sessionId: string | null;
  matter: string;
  placedBy: string | null;
  placedAt: Date;
  reviewAt: Date | null;
  releasedAt: Date | null;
  releaseReason: string | null;
  /** Erasures that wait for its release. */
  stopped: number;
}

const HOLD_SHAPE: Shape<HoldRow> = {
  uuid: TEXT,
  user: TEXT,
  userId: TEXT,
  sessionId: nullable(TEXT),
  matter: TEXT,
  placedBy: nullable(TEXT),
  placedAt: TIME,
  reviewAt: nullable(TIME),
  releasedAt: nullable(TIME),
  releaseReason: nullable(TEXT),
  stopped: NUMBER,
};

const MOST_SHOWN = 200;

/** The holds of a project: those in force first, those to be reviewed soonest before others. */
export async function listHolds(actor: Actor): Promise<HoldRow[]> {
  authorize(actor, "holds:manage");
  return readRowsIn(db(), HOLD_SHAPE)`
    SELECT h.uuid, u.uuid AS user, u.user_id AS "userId", s.session_id AS "sessionId", h.matter, o.name AS "placedBy",
      h.placed_at AS "placedAt", h.review_at::timestamptz AS "reviewAt", h.released_at AS "releasedAt",
      h.release_reason AS "releaseReason",
      (SELECT count(*)::int FROM stopped_erasures e WHERE ${sameProject("e", "h")} AND e.user_uuid = h.user_uuid) AS stopped
    FROM legal_holds h JOIN users u ON ${sameProject("u", "h")} AND u.uuid = h.user_uuid
    LEFT JOIN sessions s ON ${sameProject("s", "h")} AND s.uuid = h.session_uuid
    LEFT JOIN operators o ON o.uuid = h.placed_by
    WHERE ${inProject(actor, "h")}
    ORDER BY h.released_at NULLS FIRST, h.review_at NULLS LAST, h.placed_at DESC LIMIT ${MOST_SHOWN}`;
}

/** Whether anything of a person is held. */
export async function isPersonHeld(actor: Actor, { user }: { user: string }): Promise<boolean> {
  authorize(actor, "users:read");
  const [found] = await readRowsIn(db(), { held: BOOLEAN })`
    SELECT EXISTS (SELECT FROM legal_holds
      WHERE ${inProject(actor)} AND user_uuid = ${user}::uuid AND released_at IS NULL) AS held`;
  return found?.held ?? false;
}
