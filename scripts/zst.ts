import { readFileSync } from "node:fs";
import { openDatabase } from "#scripts/database.ts";
process.env.LETHE_DATA_DIR ||= ".data/eval";
const database = await openDatabase();
const { makeActor } = await import("#prisma/factories.ts");
const { parseCases, runCase } = await import("#prisma/memory-cases/run-case.ts");
let right = 0; let n = 0;
for (const each of parseCases(readFileSync(process.argv[2]!, "utf8").trim())) {
  n += 1;
  const wrong = await runCase(await makeActor(), each);
  if (wrong.length === 0) right += 1;
  else console.log(each.kind, JSON.stringify(each.turns.map(({ text }: any) => text)), "\n   ", wrong.join("\n    "));
}
console.log(right, "of", n);
const { closeDatabase } = await import('#lib/db/client.ts');
await closeDatabase();
await (database as any).stop?.();
process.exit(0);
