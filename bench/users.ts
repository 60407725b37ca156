import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { startConsole, waitUntilAnswering } from "#bench/console.ts";
import { measureInterleaved, printAim } from "#bench/measure.ts";
import { db } from "#lib/db/client.ts";
import { findFreePort } from "#lib/db/machine.ts";
import { makeChildEnvironment } from "#lib/env.ts";
import { sealText } from "#lib/sealed-text.ts";

const PEOPLE = 1_000_000;
const SLUG = "bench-users";
/** A word that occurs in the address of only one of the million people. */
const TERM = createHash("md5").update("777777").digest("hex").slice(0, 7);

/** The users list at a million people, beside the floor, in one run. Prints a table and how it stands to the aims. */
export async function benchUsers(rounds: number): Promise<number> {
  const project = await ensureProject();

  const [before] = await db().$queryRaw<{ key: Date; uuid: string }[]>`
    SELECT created_at AS key, uuid FROM users WHERE project_uuid = ${project}::uuid
    ORDER BY created_at DESC, uuid DESC OFFSET 499949 LIMIT 1`;
  if (!before) throw new Error("there is no page 10,000");
  const { url: own, actor, cookie, process: web } = await startConsole(project);
  const headers = { cookie: `${cookie.name}=${cookie.value}` };
  const floorPort = await findFreePort();
  const floor = `http://127.0.0.1:${floorPort}`;
  const floorArguments = [String(floorPort), project, before.key.toISOString(), before.uuid, TERM];
  const floorServer = spawn(process.execPath, [resolve(import.meta.dirname, "floor.ts"), ...floorArguments], {
    env: makeChildEnvironment({ NODE_ENV: "production" }),
    stdio: "inherit",
  });
  try {
    await waitUntilAnswering(`${floor}/total`);
    const sealed = sealText(actor, TERM);
    // The first deep jump has the key boundaries taken; after that they are there.
    await fetch(`${own}/users/rows?page=10000`, { headers });
    await new Promise((done) => setTimeout(done, 5_000));
    await checkSameAnswer(`${own}/users/rows?page=10000`, headers, `${floor}/deep`);
    const figures = await measureInterleaved(
      [
        { name: "floor, page 1", url: `${floor}/first` },
        { name: "JSON, page 1", url: `${own}/users/rows`, headers },
        { name: "HTML, page 1", url: `${own}/users`, headers },
        { name: "floor, page 10,000 (key known)", url: `${floor}/deep` },
        { name: "JSON, page 10,000", url: `${own}/users/rows?page=10000`, headers },
        { name: "HTML, page 10,000", url: `${own}/users?page=10000`, headers },
        { name: "floor, substring", url: `${floor}/search` },
        { name: "JSON, substring", url: `${own}/users/rows?q=${sealed}`, headers },
        { name: "floor, total", url: `${floor}/total` },
        { name: "JSON, total", url: `${own}/users/total`, headers },
        { name: "JSON, total of a substring", url: `${own}/users/total?q=${sealed}`, headers },
      ],
      rounds,
    );
    const rows = [...figures].map(([name, { p50, p95, perSecond }]) => ({
      what: name,
      "p50 ms": p50.toFixed(2),
      "p95 ms": p95.toFixed(2),
      "requests/s": perSecond.toFixed(0),
    }));
    console.table(rows);
    const getFigures = (name: string) =>
      figures.get(name) ?? { p50: Number.NaN, p95: Number.NaN, perSecond: Number.NaN };
    const [base, json, html] = [getFigures("floor, page 1"), getFigures("JSON, page 1"), getFigures("HTML, page 1")];
    printAim("G1  JSON p50 / floor", json.p50 / base.p50, "≤", 3);
    printAim("G1  JSON throughput / floor", json.perSecond / base.perSecond, "≥", 0.18);
    printAim("G2  HTML throughput / floor", html.perSecond / base.perSecond, "≥", 0.06);
    printAim("G3  JSON p50, page 10,000 / page 1", getFigures("JSON, page 10,000").p50 / json.p50, "≤", 1.3);
    printAim("G5  substring p95, ms", getFigures("JSON, substring").p95, "≤", 25);
    return 0;
  } finally {
    web.kill();
    floorServer.kill();
  }
}

/** A project with a million people, made once and kept. */
async function ensureProject(): Promise<string> {
  const project = await db().project.upsert({
    where: { slug: SLUG },
    create: { slug: SLUG, name: "Bench" },
    update: {},
    select: { uuid: true, tallies: true },
  });
  const there = project.tallies.reduce((sum, tally) => sum + tally.users, 0);
  if (there >= PEOPLE) return project.uuid;
  console.error(`Making ${PEOPLE.toLocaleString("en")} people (once) …`);
  const step = 50_000;
  for (let from = there; from < PEOPLE; from += step) {
    await db().$executeRaw`
      INSERT INTO users (project_uuid, uuid, user_id, email, first_name, last_name, subject_ref, created_at, updated_at)
      SELECT ${project.uuid}::uuid, gen_random_uuid(), 'user-' || n, substr(md5(n::text), 1, 7) || '@example.org',
        (ARRAY['Anna','Bruno','Chloé','Dmitri','Elif','Farid','Grace','Hugo','Ines','Jan'])[1 + n % 10],
        (ARRAY['Smith','Novák','Rossi','Okafor','Lindqvist','Tanaka','García'])[1 + n % 7] || ' ' || (n % 997),
        gen_random_uuid(), '2024-01-01'::timestamptz + n * interval '53 seconds', now()
      FROM generate_series(${from + 1}::int, ${from + step}::int) n`;
  }
  await db().$executeRaw`VACUUM ANALYZE users`;
  return project.uuid;
}

/** Fails when the two answers differ: the times of different answers cannot be compared. */
async function checkSameAnswer(own: string, headers: Record<string, string>, floor: string): Promise<void> {
  const readUuids = async (url: string, init?: RequestInit) => {
    const rows: { uuid: string }[] = await (await fetch(url, init)).json();
    return rows.map((row) => row.uuid).join();
  };
  if ((await readUuids(own, { headers })) !== (await readUuids(floor)))
    throw new Error("page 10,000 differs from the floor's");
}
