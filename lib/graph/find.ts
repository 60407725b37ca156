import type { Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { GraphKey, GraphOwner } from "#lib/graph/schema.ts";

/** Where the graph of a person or a group is, for whoever reads or locks it. @throws AppError `not_found`. */
export async function getGraphKey(
  { graph }: Pick<Tx, "graph">,
  projectUuid: string,
  owner: GraphOwner,
): Promise<GraphKey> {
  const found = await graph.findFirst({
    where:
      "userId" in owner ? { projectUuid, user: { userId: owner.userId } } : { projectUuid, groupId: owner.groupId },
    select: { projectUuid: true, uuid: true },
  });
  if (!found) throw new AppError("not_found", `There is no such ${"userId" in owner ? "user" : "group"}.`);
  return found;
}
