import { CHAINED_COLUMNS, CHAINED_SHAPE, FIRST_HASH, hashEvent } from "#lib/audit/chain.ts";
import { type Checkpoint, readCheckpoints } from "#lib/audit/checkpoints.ts";
import { BIGINT, BYTES, NUMBER, readRows } from "#lib/db/rows.ts";
import { inProject, sameProject } from "#lib/db/scope.ts";
import { listPublicKeys } from "#lib/keys/register.ts";

/** What a look at the whole trail of a project has found. */
export interface TrailVerification {
  linked: number;
  unlinked: number;
  /** How many checkpoints were compared. */
  checkpoints: number;
  /** What is wrong, in sentences; empty when nothing is. */
  problems: string[];
}

/** Walks the chain of a project from its beginning, and compares it with the checkpoints that were written elsewhere. */
export async function verifyTrail(projectUuid: string): Promise<TrailVerification> {
  const { all, forged } = await readCheckpoints(await listPublicKeys());
  const checkpoints = all.filter(({ project }) => project === projectUuid);
  const { linked, problem } = await walkChain(projectUuid, checkpoints);
  const unseen = checkpoints.find(({ position }) => BigInt(position) > linked);
  const problems = [
    ...(forged > 0 ? [`${forged} lines of the file of checkpoints were changed.`] : []),
    ...(problem ? [problem] : []),
    ...(unseen && !problem
      ? [`A checkpoint of ${unseen.at} has seen ${unseen.position} links, and there are ${linked}: the end is missing.`]
      : []),
  ];
  const [counted] = await readRows({ unlinked: NUMBER })`
    SELECT count(*)::int AS unlinked FROM audit_unlinked WHERE ${inProject({ projectUuid })}`;
  return { linked: Number(linked), unlinked: counted?.unlinked ?? 0, checkpoints: checkpoints.length, problems };
}

const PAGE = 5_000;

/** @returns how many links hold, and what is wrong with the next one. */
async function walkChain(
  projectUuid: string,
  checkpoints: readonly Checkpoint[],
): Promise<{ linked: bigint; problem: string | null }> {
  const expected = new Map(checkpoints.map((checkpoint) => [checkpoint.position, checkpoint]));
  let linked = 0n;
  let previous: Buffer = FIRST_HASH;
  for (;;) {
    const page = await readRows({ ...CHAINED_SHAPE, position: BIGINT, hash: BYTES })`
      SELECT l.position, l.hash, ${CHAINED_COLUMNS} FROM audit_links l
      JOIN audit_events e ON ${sameProject("e", "l")} AND e.seq = l.seq
      WHERE ${inProject({ projectUuid }, "l")} AND l.position > ${linked} ORDER BY l.position LIMIT ${PAGE}`;
    for (const { position, hash, ...event } of page) {
      const told = hashEvent(projectUuid, position, event, previous);
      if (position !== linked + 1n || !told.equals(hash))
        return {
          linked,
          problem: `From link ${linked + 1n} on the chain does not hold: an event was changed, removed or moved.`,
        };
      const point = expected.get(String(position));
      if (point && point.head !== told.toString("hex"))
        return {
          linked,
          problem: `At link ${position} a checkpoint of ${point.at} has another hash: the chain was written anew.`,
        };
      linked = position;
      previous = told;
    }
    if (page.length < PAGE) return { linked, problem: null };
  }
}
