import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runMaintenance } from "#lib/db/maintenance.ts";
import { setEnv } from "#lib/env.ts";
import { runCommand } from "#scripts/command.ts";
import { openDatabase } from "#scripts/database.ts";
import { generateClient } from "#scripts/prepare.ts";

const MARK = "qzresidue";

/**
 * `npm run residue`: plants a person with a marker of its own in every field that can be written, on a scratch instance, has
 * them remembered and copied, erases them, and counts how many of the markers are found afterwards by plain SQL, row by row,
 * in the planner's statistics and in the files that are written beside the database. The score is their share: 0 is none.
 */
await runCommand(async () => {
  generateClient();
  const home = await mkdtemp(join(tmpdir(), "lethe-residue-"));
  setEnv({ LETHE_DATA_DIR: join(home, "data"), LETHE_JOURNAL: join(home, "journal/erasures.jws"), DATABASE_URL: "" });
  const database = await openDatabase();
  const { closeDatabase } = await import("#lib/db/client.ts");
  try {
    const { planted, erase } = await plantPerson();
    await runMaintenance((client) => client.query("ANALYZE"));
    const before = await findMarkers(home);
    await erase();
    const after = await findMarkers(home);
    console.log(
      `Planted: ${planted} markers; found before the erasure: ${before.markers.size}, in ${before.places.size} places.`,
    );
    console.log(`Found after it: ${after.markers.size}.`);
    for (const place of after.places) console.log(`  ${place}`);
    console.log(`Residue score: ${(after.markers.size / planted).toFixed(3)}`);
    console.log("Not counted, as every receipt says: write-ahead logs and backups, which age out by themselves.");
    return after.markers.size === 0 && before.markers.size >= planted * 0.9 ? 0 : 1;
  } finally {
    await closeDatabase();
    await database.stop();
    await rm(home, { recursive: true, force: true });
  }
});

async function plantPerson() {
  const { Actor } = await import("#lib/auth/actor.ts");
  const { db } = await import("#lib/db/client.ts");
  const { rules } = await import("#lib/extraction/reader/extractor.ts");
  const { cloneGraph } = await import("#lib/graph/edit/copy.ts");
  const { addEpisodes } = await import("#lib/graph/edit/mutations.ts");
  const { stateFact } = await import("#lib/graph/edit/state.ts");
  const { processWaitingEpisodes } = await import("#lib/ingestion/process-episodes.ts");
  const { addMessages } = await import("#lib/messages/mutations.ts");
  const { eraseUserById } = await import("#lib/privacy/erasure/mutations.ts");
  const { provePendingReceipts } = await import("#lib/privacy/proof/prove.ts");
  const { createSession } = await import("#lib/sessions/mutations.ts");
  const { createUser } = await import("#lib/users/mutations.ts");
  const { generateUuid } = await import("#lib/uuid.ts");
  await db().project.create({ data: { slug: "residue", name: "Residue" } });
  const actor = await Actor.ofCommandLine("residue");
  let planted = 0;
  const mark = () => {
    planted += 1;
    return `${MARK}${planted}x`;
  };
  const userId = mark();
  const instruction = { instruction: mark() };
  const record = {
    userId,
    email: `${mark()}@example.org`,
    firstName: mark(),
    lastName: mark(),
    factRatingInstruction: instruction,
  };
  const user = await createUser(actor, { ...record, metadata: { [mark()]: mark(), list: [mark()] } });
  const sessionId = mark();
  await createSession(actor, {
    sessionId,
    userId,
    metadata: { a: mark() },
    factRatingInstruction: { instruction: mark() },
  });
  const now = new Date();
  const say = (content: string, roleType: "user" | "assistant") => ({
    role: mark(),
    roleType,
    content,
    metadata: { b: mark() },
    tokenCount: null,
    createdAt: now,
  });
  const place = () => {
    planted += 1;
    return `Q${MARK.slice(1)}${planted}x`;
  };
  const messages = [
    say(`I live in ${place()} and I work at ${place()}.`, "user"),
    say(`That is ${mark()}.`, "assistant"),
    say(`My sister ${place()} has a dog called ${place()}.`, "user"),
  ];
  await addMessages(actor, sessionId, messages, []);
  const data = { uuid: generateUuid(), createdAt: now, sourceDescription: mark(), metadata: { c: mark() } };
  await addEpisodes(actor, { userId }, [
    { ...data, source: "text", content: `I work at ${place()}. ${mark()}` },
    { ...data, uuid: generateUuid(), source: "json", content: JSON.stringify({ plan: mark(), [mark()]: 1 }) },
  ]);
  await stateFact(
    actor,
    { userId },
    {
      idempotencyKey: generateUuid(),
      name: "LIKES",
      fact: `They like ${mark()}`,
      source: { name: mark(), summary: mark() },
      target: { name: mark(), summary: mark() },
      attributes: { d: mark() },
      createdAt: now,
      validAt: null,
      invalidAt: null,
      expiredAt: null,
    },
  );
  while ((await processWaitingEpisodes({ projectUuid: actor.projectUuid, uuid: user.uuid }, rules)).more);
  await cloneGraph(actor, { userId }, { userId: "the-copy" });
  const erase = async () => {
    await eraseUserById(actor, userId);
    await provePendingReceipts();
    const statuses = await db().receipt.findMany({ select: { status: true, number: true } });
    for (const { number, status } of statuses) console.log(`Receipt ${number}: ${status}.`);
  };
  return { planted, erase };
}

interface Found {
  markers: Set<string>;
  places: Set<string>;
}

/** Reads everything as text, without the product's own search. */
async function findMarkers(home: string): Promise<Found> {
  const found: Found = { markers: new Set(), places: new Set() };
  const note = (place: string, text: string) => {
    for (const [marker] of text.toLowerCase().matchAll(new RegExp(`${MARK}\\d+x`, "g"))) {
      found.markers.add(marker);
      found.places.add(place);
    }
  };
  await runMaintenance(async (client) => {
    const { rows: tables } = await client.query(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    );
    for (const { name } of tables) {
      const { rows } = await client.query(`SELECT t::text AS row FROM ${name} t WHERE t::text ILIKE $1`, [`%${MARK}%`]);
      for (const { row } of rows) note(name, row);
    }
    const { rows: statistics } = await client.query(
      `SELECT tablename || '.' || attname AS name, concat_ws(' ', most_common_vals::text, histogram_bounds::text, most_common_elems::text) AS row
       FROM pg_stats WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const { name, row } of statistics) note(`statistics of ${name}`, row);
  });
  for (const file of [join(home, "data/postgres.log"), process.env.LETHE_JOURNAL ?? ""])
    if (existsSync(file)) note(file.replace(dirname(home), ""), readFileSync(file, "utf8"));
  return found;
}
