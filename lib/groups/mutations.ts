import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction } from "#lib/db/client.ts";
import { refuseTakenKey } from "#lib/db/errors.ts";
import { toOptionalJsonInput } from "#lib/db/json.ts";
import { byUuid } from "#lib/db/scope.ts";
import { eraseGraph } from "#lib/graph/edit/forget.ts";
import { lockGraphOf } from "#lib/graph/lock.ts";
import { findGroupRecord, GROUP_SELECT, type GroupRow } from "#lib/groups/record.ts";
import type { GroupPatch, NewGroup } from "#lib/groups/schema.ts";

/** Begins a graph without a person. A repeat that names the same uuid finds what it made. @throws AppError `invalid` on `groupId`. */
export async function createGroup(actor: Actor, input: NewGroup): Promise<GroupRow> {
  authorize(actor, "graph:write");
  const { factRatingInstruction, ...fields } = input;
  const creation = runInTransaction(async (tx) => {
    const group = await tx.graph.create({
      data: {
        ...fields,
        projectUuid: actor.projectUuid,
        factRatingInstruction: toOptionalJsonInput(factRatingInstruction),
      },
      select: GROUP_SELECT,
    });
    await record(tx, actor, { action: "group.created", objectUuid: group.uuid });
    return group;
  });
  return refuseTakenKey(
    creation,
    { groupId: "There already is a group with this id (already exists)." },
    {
      uuid: input.uuid,
      find: () => findGroupRecord(actor.projectUuid, input.groupId),
    },
  );
}

/** Changes what the patch names. @throws AppError `not_found`. */
export async function updateGroupFields(actor: Actor, groupId: string, patch: GroupPatch): Promise<GroupRow> {
  authorize(actor, "graph:write");
  authorize(actor, "graph:read");
  return runInTransaction(async (tx) => {
    const { projectUuid, uuid } = await lockGraphOf(tx, actor.projectUuid, { groupId });
    const { factRatingInstruction, ...fields } = patch;
    const group = await tx.graph.update({
      where: byUuid({ projectUuid }, uuid),
      data: { ...fields, factRatingInstruction: toOptionalJsonInput(factRatingInstruction), updatedAt: new Date() },
      select: GROUP_SELECT,
    });
    await record(tx, actor, { action: "group.updated", objectUuid: uuid, data: { fields: Object.keys(patch) } });
    return group;
  });
}

/** Removes a group and all that its graph holds, in one transaction. @throws AppError `not_found`. */
export async function eraseGroup(actor: Actor, groupId: string): Promise<void> {
  authorize(actor, "graph:erase");
  await runInTransaction(async (tx) => {
    const graph = await lockGraphOf(tx, actor.projectUuid, { groupId });
    const data = { ...(await eraseGraph(tx, graph)) };
    await record(tx, actor, { action: "group.erased", objectUuid: graph.uuid, data });
  });
}
