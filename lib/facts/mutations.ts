import type { z } from "zod";
import type { Actor } from "#lib/auth/actor.ts";
import type { correctFactSchema, endFactSchema, eraseFactSchema, mergeSchema } from "#lib/facts/schema.ts";
import { eraseEdge, invalidateEdge, mergeIntoNamed, patchEdge } from "#lib/graph/correcting.ts";

/** Puts a fact right: what it was drawn from counts no more. @throws AppError `not_found`. */
export async function correctFact(actor: Actor, { uuid, fact }: z.infer<typeof correctFactSchema>): Promise<void> {
  await patchEdge(actor, uuid, { fact });
}

/** Ends a fact on a day. @throws AppError `not_found`; `invalid` for a day before it began. */
export async function endFact(actor: Actor, { uuid, at }: z.infer<typeof endFactSchema>): Promise<void> {
  await invalidateEdge(actor, uuid, new Date(`${at}T00:00:00Z`));
}

/** Removes a fact; reading again does not bring it back. @throws AppError `not_found`. */
export async function eraseFact(actor: Actor, { uuid }: z.infer<typeof eraseFactSchema>): Promise<void> {
  await eraseEdge(actor, uuid);
}

/** Makes a node one with the node of this name in the same graph. @throws AppError `not_found`; `invalid` where none is called that. */
export async function mergeNode(actor: Actor, { gone, name }: z.infer<typeof mergeSchema>): Promise<void> {
  await mergeIntoNamed(actor, gone, name);
}
