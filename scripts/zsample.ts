import { openDatabase } from "#scripts/database.ts";

process.env.LETHE_DATA_DIR ||= ".data/eval";
const database = await openDatabase();
const { makeActor } = await import("#prisma/factories.ts");
const { processAll } = await import("#prisma/memory-factories.ts");
const { db, closeDatabase } = await import("#lib/db/client.ts");
const { makeSampleRecords } = await import("#prisma/sample.ts");
const { importRecords } = await import("#lib/transfer/mutations.ts");
const { RecordNamer } = await import("#lib/transfer/record-names.ts");
const actor = await makeActor();
const records = makeSampleRecords(new Date("2026-11-27T08:00:00Z")).map((record, index) => ({ line: index, record }));
console.log(await importRecords(actor, records, new RecordNamer()));
const only = process.argv[2];
for (const user of await db().user.findMany({ where: { projectUuid: actor.projectUuid } })) {
  if (only && !`${user.firstName} ${user.lastName}`.includes(only)) continue;
  await processAll({ actor, userId: user.userId, uuid: user.uuid, projectUuid: user.projectUuid } as any);
  const node = await db().node.findFirst({ where: { uuid: user.uuid } });
  console.log("##", user.firstName, user.lastName, await db().episode.count({ where: { graphUuid: user.uuid } }));
  console.log(node?.summary);
  if (only) {
    const edges = await db().edge.findMany({ where: { graphUuid: user.uuid }, orderBy: { createdAt: "asc" } });
    for (const e of edges)
      console.log(
        "  ",
        e.name,
        "|",
        e.fact,
        "|",
        e.validAt?.toISOString().slice(0, 10),
        e.invalidAt?.toISOString().slice(0, 10),
      );
  }
}
await closeDatabase();
await (database as any).stop?.();
process.exit(0);
