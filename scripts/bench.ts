import { runCommand } from "#scripts/command.ts";
import { openDatabase } from "#scripts/database.ts";
import { buildPages, generateClient } from "#scripts/prepare.ts";

/** `npm run bench -- graph [NODES]`, `users|api|pages [ROUNDS]`, `ingest [MESSAGES]`, `search [TURNS]` or `erasure [ROWS]`; on a database of its own under `.data/bench` unless DATABASE_URL names one. */
await runCommand(async () => {
  const [what = "", amount] = process.argv.slice(2);
  if (what === "graph") {
    const { benchGraph } = await import("#bench/graph.ts");
    return benchGraph(amount === undefined ? undefined : [Number(amount)]);
  }
  const needsPages = what === "users" || what === "api" || what === "pages";
  if (!needsPages && what !== "ingest" && what !== "search" && what !== "erasure") {
    console.error("Known benchmarks: graph, users, api, pages, ingest, search, erasure.");
    return 2;
  }
  generateClient();
  if (needsPages) buildPages();
  process.env.LETHE_DATA_DIR ||= ".data/bench";
  const database = await openDatabase();
  const { closeDatabase } = await import("#lib/db/client.ts");
  const { benchApi } = await import("#bench/api.ts");
  const { benchErasure } = await import("#bench/erasure.ts");
  const { benchIngest } = await import("#bench/ingest.ts");
  const { benchPages } = await import("#bench/pages.ts");
  const { benchSearch } = await import("#bench/search.ts");
  const { benchUsers } = await import("#bench/users.ts");
  try {
    if (what === "ingest") return await benchIngest(Number(amount ?? 100_000));
    if (what === "erasure") return await benchErasure(Number(amount ?? 5_000_000));
    if (what === "search") return await benchSearch(Number(amount ?? 20_000));
    const rounds = Number(amount ?? 3);
    if (what === "pages") return await benchPages(rounds);
    return await (what === "api" ? benchApi : benchUsers)(rounds);
  } finally {
    await closeDatabase();
    await database.stop();
  }
});
