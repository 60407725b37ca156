import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import autocannon from "autocannon";
import { waitUntilAnswering } from "#bench/console.ts";
import { createApiKey } from "#lib/api-keys/mutations.ts";
import { db } from "#lib/db/client.ts";
import { findFreePort } from "#lib/db/machine.ts";
import { makeChildEnvironment } from "#lib/env.ts";
import { makeOperator } from "#prisma/factories.ts";

const ROOT = resolve(import.meta.dirname, "..");
const PEOPLE = 100_000;
const SLUG = "bench-api";
const SESSIONS = 200;
const SPOKEN = 100;
const CONNECTIONS = 10;
const SECONDS = 4;

interface Asked {
  method: "GET" | "POST";
  path: string;
  body?: string;
}

/** Each makes the next request of its kind; what is written is never the same twice. */
const CALLS: Record<string, () => Asked> = {
  "user.add": () => ({
    method: "POST",
    path: "/users",
    body: JSON.stringify({ user_id: randomUUID(), email: "new@example.org", first_name: "New", last_name: "Person" }),
  }),
  "user.get": () => ({ method: "GET", path: `/users/user-${pickNumber(PEOPLE)}` }),
  "list ordered": () => ({ method: "GET", path: "/users-ordered?pageNumber=1&pageSize=10" }),
  "memory.add (10)": () => ({
    method: "POST",
    path: `/sessions/session-${pickNumber(SESSIONS)}-add/memory`,
    body: JSON.stringify({ messages: Array.from({ length: 10 }, () => makeMessage(randomUUID())) }),
  }),
  "get messages": () => ({ method: "GET", path: `/sessions/session-${pickNumber(SESSIONS)}/messages` }),
};

function pickNumber(most: number): number {
  return 1 + Math.floor(Math.random() * most);
}

function makeMessage(what: string) {
  return { role: "Ada", role_type: "user", content: `I told you about ${what}, and you remembered it well enough.` };
}

interface Figures {
  p50: number;
  p99: number;
  perSecond: number;
}

/** The API on a project of 100,000 people beside a bare Node handler with the same SQL, in one run. */
export async function benchApi(rounds: number): Promise<number> {
  const project = await ensureProject();
  const { actor } = await makeOperator("admin", { projectUuid: project });
  const { key } = await createApiKey(actor, { name: "bench", scopes: ["read", "write", "erase"] });
  const [port, floorPort] = [await findFreePort(), await findFreePort()];
  const environment = makeChildEnvironment({ NODE_ENV: "production", PORT: String(port), LETHE_API_RATE: "0" });
  const startProcess = (file: string, ...rest: string[]): ChildProcess =>
    spawn(process.execPath, ["--max-semi-space-size=64", resolve(ROOT, file), ...rest], {
      env: environment,
      cwd: ROOT,
    });
  const children = [startProcess("scripts/web.ts", "start"), startProcess("bench/api-floor.ts", String(floorPort))];
  const bases = { own: `http://127.0.0.1:${port}/api/v2`, floor: `http://127.0.0.1:${floorPort}/api/v2` };
  try {
    for (const base of Object.values(bases))
      await waitUntilAnswering(`${base}/users/user-1`, { authorization: `Api-Key ${key}` });
    const taken = new Map<string, Figures[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const [call, next] of Object.entries(CALLS)) {
        for (const [who, base] of Object.entries(bases)) {
          process.stderr.write(`\rround ${round + 1} of ${rounds}: ${call}, ${who}\u001b[K`);
          const name = `${call}, ${who}`;
          taken.set(name, [...(taken.get(name) ?? []), await measureLoad(base, key, next)]);
        }
      }
    }
    process.stderr.write("\r\u001b[K");
    printReport(taken);
    return 0;
  } finally {
    for (const child of children) child.kill();
  }
}

async function measureLoad(base: string, key: string, next: () => Asked): Promise<Figures> {
  const headers = { authorization: `Api-Key ${key}`, "content-type": "application/json" };
  const prefix = new URL(base).pathname;
  const setupRequest = (request: autocannon.Request): autocannon.Request => {
    const { method, path, body } = next();
    return { ...request, method, path: `${prefix}${path}`, body, headers };
  };
  const result = await autocannon({
    url: base,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [{ setupRequest }],
  });
  if (result.non2xx > 0) throw new Error(`${base}: ${result.non2xx} answers were refusals`);
  return { p50: result.latency.p50, p99: result.latency.p99, perSecond: result.requests.average };
}

function printReport(taken: Map<string, Figures[]>): void {
  const takeMedian = (name: string, pick: (figures: Figures) => number) => {
    const values = (taken.get(name) ?? []).map(pick).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? Number.NaN;
  };
  const rows = Object.keys(CALLS).map((call) => {
    const [own, floor] = [`${call}, own`, `${call}, floor`];
    const ratio = takeMedian(own, (f) => f.perSecond) / takeMedian(floor, (f) => f.perSecond);
    return {
      call,
      "requests/s": takeMedian(own, (f) => f.perSecond).toFixed(0),
      "bare handler": takeMedian(floor, (f) => f.perSecond).toFixed(0),
      ratio: ratio.toFixed(2),
      "aim ≥ 0.5": ratio >= 0.5 ? "met" : "missed",
      "p50 / p99 ms": `${takeMedian(own, (f) => f.p50)} / ${takeMedian(own, (f) => f.p99)}`,
      "bare p50 / p99": `${takeMedian(floor, (f) => f.p50)} / ${takeMedian(floor, (f) => f.p99)}`,
    };
  });
  console.table(rows);
}

/** A project with 100,000 people and some conversations, made once and kept. */
async function ensureProject(): Promise<string> {
  const { uuid } = await db().project.upsert({
    where: { slug: SLUG },
    create: { slug: SLUG, name: "Bench API" },
    update: {},
    select: { uuid: true },
  });
  if ((await db().user.count({ where: { projectUuid: uuid } })) >= PEOPLE) return uuid;
  console.error(`Making ${PEOPLE.toLocaleString("en")} people (once) …`);
  await db().$executeRaw`
    INSERT INTO users (project_uuid, uuid, user_id, email, first_name, last_name, subject_ref, created_at, updated_at)
    SELECT ${uuid}::uuid, gen_random_uuid(), 'user-' || n, 'user-' || n || '@example.org', 'Ada', 'No. ' || n,
      gen_random_uuid(), now() - n * interval '53 seconds', now()
    FROM generate_series(1, ${PEOPLE}::int) n`;
  await db().$executeRaw`
    INSERT INTO sessions (project_uuid, user_uuid, uuid, session_id, next_position)
    SELECT u.project_uuid, u.uuid, gen_random_uuid(), replace(u.user_id, 'user', 'session') || suffix,
      CASE suffix WHEN '' THEN ${SPOKEN}::int ELSE 0 END
    FROM users u, unnest(ARRAY['', '-add']) AS suffix
    WHERE u.project_uuid = ${uuid}::uuid AND substr(u.user_id, 6)::int <= ${SESSIONS}::int`;
  await db().$executeRaw`
    INSERT INTO messages (project_uuid, user_uuid, session_uuid, position, uuid, role, role_type, content)
    SELECT project_uuid, user_uuid, uuid, n, gen_random_uuid(), 'Ada', 'user', 'Something worth remembering, number ' || n
    FROM sessions, generate_series(0, ${SPOKEN - 1}::int) n
    WHERE project_uuid = ${uuid}::uuid AND next_position > 0`;
  await db().$executeRaw`
    INSERT INTO episodes (project_uuid, graph_uuid, uuid, source, session_uuid, message_uuid, processed_at)
    SELECT project_uuid, user_uuid, uuid, 'message', session_uuid, uuid, now() FROM messages WHERE project_uuid = ${uuid}::uuid`;
  await db().$executeRaw`VACUUM ANALYZE`;
  return uuid;
}
