import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runCommand } from "#scripts/command.ts";
import { openDatabase } from "#scripts/database.ts";
import { generateClient } from "#scripts/prepare.ts";

const RESULTS = resolve(import.meta.dirname, "../.data/eval");
const FLOORS = { recall: 73, precision: 0.85, recallOfFacts: 0.8, intervals: 1 };

/** `npm run eval`: how well memory finds, reads and dates, on data that nobody here wrote; a database of its own under `.data/eval`. */
await runCommand(async () => {
  generateClient();
  process.env.LETHE_DATA_DIR ||= ".data/eval";
  const database = await openDatabase();
  const { closeDatabase } = await import("#lib/db/client.ts");
  const { makeActor } = await import("#prisma/factories.ts");
  const { evaluateExtraction } = await import("#bench/eval/extraction.ts");
  const { evaluateIntervals } = await import("#bench/eval/intervals.ts");
  const { evaluateRecall } = await import("#bench/eval/recall.ts");
  try {
    const extraction = await evaluateExtraction();
    console.table(extraction);
    const recall = await evaluateRecall(await makeActor());
    console.table(recall.rows);
    console.log(`One search takes ${recall.p50.toFixed(0)} ms (median), ${recall.p95.toFixed(0)} ms (95 %).`);
    const intervals = await evaluateIntervals(await makeActor());
    console.table([intervals]);
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(
      join(RESULTS, "results.json"),
      JSON.stringify({ at: new Date(), extraction, recall, intervals }, null, 2),
    );
    const [gold] = extraction;
    const met =
      recall.held >= FLOORS.recall &&
      (gold?.precision ?? 0) >= FLOORS.precision &&
      (gold?.recall ?? 0) >= FLOORS.recallOfFacts &&
      intervals.share >= FLOORS.intervals;
    console.log(met ? "All floors are met." : "A floor is missed.");
    return met ? 0 : 1;
  } finally {
    await closeDatabase();
    await database.stop();
  }
});
