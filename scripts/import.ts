import { createReadStream, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { runCommand } from "#scripts/command.ts";
import { loadDotEnv, openDatabase } from "#scripts/database.ts";
import { generateClient } from "#scripts/prepare.ts";
import { ProgressBar } from "#scripts/progress-bar.ts";

const USAGE = `npm run import -- FILE.jsonl [FILE.jsonl …] [--project NAME]

Loads users, sessions and messages, one JSON object a line. Run it again after an interruption, or when the file has
grown: what is stored already is left as it is. Lines that cannot be stored are reported and leave no trace.`;

/** Lines that are stored together, in one transaction. */
const BATCH = 1_000;
/** Complaints beyond these are counted, not printed. */
const MOST_COMPLAINTS = 50;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { project: { type: "string", default: "default" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help || positionals.length === 0) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  loadDotEnv();
  const from = process.env.LETHE_CALLED_FROM ?? process.cwd();
  const files = positionals.map((file) => resolve(from, file));
  for (const file of files) statSync(file);
  generateClient();
  const database = await openDatabase();
  try {
    let refused = 0;
    for (const file of files) refused += await importFile(file, values.project);
    return refused === 0 ? 0 : 1;
  } finally {
    const { db } = await import("#lib/db/client.ts");
    await db().$disconnect();
    await database.stop();
  }
});

/** @returns how many lines were refused. */
async function importFile(file: string, project: string): Promise<number> {
  const { Actor } = await import("#lib/auth/actor.ts");
  const { ensureProjects } = await import("#lib/projects/first-run.ts");
  const { importRecords } = await import("#lib/ingest/mutations.ts");
  const { MessageNames } = await import("#lib/ingest/message-names.ts");
  const { parseLine } = await import("#lib/ingest/records.ts");

  await ensureProjects();
  const actor = await Actor.ofCommandLine(project);
  const names = new MessageNames();
  const bar = new ProgressBar(basename(file), statSync(file).size);
  const total = { users: 0, sessions: 0, messages: 0 };
  const complaints: { line: number; reason: string }[] = [];
  let batch: Parameters<typeof importRecords>[1] = [];
  let lineNumber = 0;
  let bytes = 0;

  const store = async () => {
    const { added, refused } = await importRecords(actor, batch, names);
    batch = [];
    total.users += added.users;
    total.sessions += added.sessions;
    total.messages += added.messages;
    complaints.push(...refused);
    bar.show(bytes);
  };
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNumber += 1;
    bytes += Buffer.byteLength(line) + 1;
    if (line.trim() === "") continue;
    const parsed = parseLine(line.replace(/^\uFEFF/, ""));
    if ("record" in parsed) batch.push({ line: lineNumber, record: parsed.record });
    else complaints.push({ line: lineNumber, reason: parsed.reason });
    if (batch.length >= BATCH) await store();
  }
  await store();
  bar.end();
  complaints.sort((a, b) => a.line - b.line);
  for (const { line, reason } of complaints.slice(0, MOST_COMPLAINTS)) console.error(`line ${line}: ${reason}`);
  if (complaints.length > MOST_COMPLAINTS) console.error(`… and ${complaints.length - MOST_COMPLAINTS} more lines.`);
  console.log(
    `${basename(file)}: ${total.users} users, ${total.sessions} sessions, ${total.messages} messages added; ${complaints.length} lines refused.`,
  );
  return complaints.length;
}
