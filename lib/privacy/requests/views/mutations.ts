import type { z } from "zod";
import { record } from "#lib/audit/record.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import type { dropViewSchema, SaveView } from "#lib/privacy/requests/views/schema.ts";
import { generateUuid } from "#lib/uuid.ts";

/** So many fit above the queue. */
const MOST_VIEWS = 30;

/** Keeps a view of the queue for the whole team; one of the same name is replaced. @throws AppError `invalid` on `name`. */
export async function saveView(actor: Actor, { name, query }: SaveView): Promise<void> {
  authorize(actor, "requests:work");
  await runInTransaction(async (tx) => {
    const place = ofProject(actor);
    const known = await tx.savedView.findMany({ where: place, select: { name: true } });
    if (known.length >= MOST_VIEWS && !known.some((view) => view.name === name))
      throw new AppError("invalid", "It was not kept.", {
        name: `There are ${MOST_VIEWS} views already: drop one first.`,
      });
    await tx.savedView.upsert({
      where: { projectUuid_name: { ...place, name } },
      create: { ...place, uuid: generateUuid(), name, query },
      update: { query },
    });
    await record(tx, actor, { action: "view.saved" });
  });
}

/** Drops a view for the whole team. @throws AppError `not_found`. */
export async function dropView(actor: Actor, { view }: z.infer<typeof dropViewSchema>): Promise<void> {
  authorize(actor, "requests:work");
  await runInTransaction(async (tx) => {
    const { count } = await tx.savedView.deleteMany({ where: { ...ofProject(actor), uuid: view } });
    if (count === 0) throw new AppError("not_found", "There is no such view.");
    await record(tx, actor, { action: "view.dropped" });
  });
}
