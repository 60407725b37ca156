import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { strFromU8, unzipSync, zipSync } from "fflate";
import { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";
import { eraseNode } from "#lib/graph/edit/correct.ts";
import { correctFact } from "#lib/graph/edit/mutations.ts";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { eraseFact, eraseMessage, forgetSources } from "#lib/privacy/erasure/parts.ts";
import { eraseSessionById } from "#lib/privacy/erasure/session.ts";
import { createExport, dropExpiredExports, receiveExport, revokeExport } from "#lib/privacy/exports/mutations.ts";
import { listExports } from "#lib/privacy/exports/queries.ts";
import { importRecords } from "#lib/transfer/mutations.ts";
import { exportUsers } from "#lib/transfer/queries.ts";
import { RecordNamer } from "#lib/transfer/record-names.ts";
import { parseLine } from "#lib/transfer/records.ts";
import { addTurns, makeActor } from "#prisma/factories.ts";
import {
  describeGraph,
  type KnownPerson,
  makeJane,
  processAll,
  rememberData,
  rememberTurns,
} from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";
import { readArchive } from "#scripts/export-archive.ts";

await openTestDatabase();

async function makeKnownJane(actor: Actor) {
  const jane = await makeJane(actor, { email: "jane@example.org" });
  const said = await rememberTurns(jane, [
    "I live in Ghent.",
    "My brother Tom has a dog called Rex.",
    "Call Tom on +32 470 12 34 56.",
  ]);
  await rememberData(jane, { plan: "Gold" });
  return { ...jane, ...said };
}

const findFact = (person: KnownPerson, word: string) =>
  db().edge.findFirstOrThrow({ where: { graphUuid: person.uuid, fact: { contains: word } } });

async function receiveCopy(token: string) {
  const holder = await Actor.ofExportLink(token);
  assert.ok(holder, "the link leads to something");
  return receiveExport(holder, { token });
}

/** Has what is in an archive checked as its README says. */
function checkByShell(files: Record<string, Uint8Array>) {
  const folder = mkdtempSync(join(tmpdir(), "lethe-copy-"));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const command = "sh verify.sh manifest.jws public.pem > signed.json && sha256sum -c SHA256SUMS";
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return { ok: status === 0, told: stdout + stderr };
}

function writeZip(files: Record<string, Uint8Array>): string {
  const path = join(mkdtempSync(join(tmpdir(), "lethe-copy-")), "copy.zip");
  writeFileSync(path, zipSync(files));
  return path;
}

test("a copy holds all there is, can be checked with openssl, and is read back into the same export and the same memory", async () => {
  const here = await makeActor();
  const jane = await makeKnownJane(here);
  await correctFact(here, {
    uuid: (await findFact(jane, "Ghent")).uuid,
    fact: "Jane Smith lives in Bruges",
    since: "",
  });
  const { token, thirdParty } = await createExport(here, { user: jane.uuid });
  const { fileName, bytes } = await receiveCopy(token);
  assert.match(fileName, /^your-data-\d{4}-\d\d-\d\d\.zip$/);
  const files = unzipSync(bytes);
  const { ok, told } = checkByShell(files);
  assert.ok(ok, told);
  const changed = { ...files, "messages.jsonl": Buffer.from("nothing\n") };
  assert.ok(!checkByShell(changed).ok);
  assert.throws(() => readArchive(writeZip(changed)), /messages\.jsonl was changed/);
  const { "messages.jsonl": _, ...lacking } = files;
  assert.throws(() => readArchive(writeZip(lacking)), /messages\.jsonl is missing/);
  for (const name of ["manifest.jws", "public.pem"])
    assert.throws(() => readArchive(writeZip({ ...files, [name]: Buffer.from("x") })), /The manifest was changed/);
  const noArchive = writeZip(files);
  writeFileSync(noArchive, "no archive");
  assert.throws(() => readArchive(noArchive), /This is no ZIP archive/);

  const readLines = (name: string) =>
    strFromU8(files[name] ?? new Uint8Array())
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const known = readLines("graph/facts.jsonl").find(({ fact }) => /Bruges/.test(fact));
  assert.equal(known.kind, "known");
  assert.deepEqual(known.drawn_from.map(({ kind }: { kind: string }) => kind).sort(), ["correction", "message"]);
  const flags = readLines("third-party.jsonl");
  assert.equal(flags.length, thirdParty);
  const flagged = flags
    .filter(({ file }) => file === "messages.jsonl")
    .map(({ uuid, why }) => [jane.episodes.indexOf(uuid), why]);
  assert.deepEqual(flagged[0], [1, ["names Tom"]]);
  assert.deepEqual(flagged[1]?.[0], 2);
  assert.match(String(flagged[1]?.[1]), /holds a telephone number/);
  assert.doesNotMatch(JSON.stringify(flags), /not theirs/, "their own address is theirs");
  assert.match(strFromU8(files["README.html"] ?? new Uint8Array()), /lives in Bruges/);

  const elsewhere = await makeActor();
  const records = readArchive(writeZip(files))
    .toString()
    .split("\n")
    .filter(Boolean)
    .map((line, index) => {
      const parsed = parseLine(line);
      if (!("record" in parsed)) throw new Error(parsed.reason);
      return { line: index + 1, record: parsed.record };
    });
  assert.deepEqual((await importRecords(elsewhere, records, new RecordNamer())).refused, []);
  const twin = await db().user.findFirstOrThrow({ where: ofProject(elsewhere) });
  await processAll(twin);
  const asPerson = { actor: elsewhere, userId: twin.userId, uuid: twin.uuid, projectUuid: elsewhere.projectUuid };
  assert.deepEqual((await describeGraph(asPerson)).facts, (await describeGraph(jane)).facts);
  const [[first], [second]] = [await exportUsers(here, [jane.uuid]), await exportUsers(elsewhere, [twin.uuid])];
  assert.deepEqual(second?.lines, first?.lines);
});

test("a link works once, not after it was taken back or has expired, and nothing is left of what it led to", async () => {
  const actor = await makeActor();
  const jane = await makeKnownJane(actor);
  const make = () => createExport(actor, { user: jane.uuid });
  const [used, revoked, expired] = [await make(), await make(), await make()];
  await receiveCopy(used.token);
  const [latest, second] = await listExports(actor, { user: jane.uuid });
  await revokeExport(actor, { user: jane.uuid, dataExport: second?.uuid ?? "" });
  await db().dataExport.updateMany({ where: { uuid: latest?.uuid }, data: { expiresAt: new Date(0) } });
  for (const { token } of [used, revoked, expired]) assert.equal(await Actor.ofExportLink(token), null);
  assert.equal(await Actor.ofExportLink(randomBytes(32).toString("base64url")), null);
  await dropExpiredExports();
  assert.equal(await db().dataExportPiece.count({ where: ofProject(actor) }), 0);
  const shown = await listExports(actor, { user: jane.uuid });
  assert.deepEqual(
    shown.map(({ downloadedAt }) => downloadedAt !== null),
    [true],
  );
});

test("two who use a link at once: one has the copy", async () => {
  const actor = await makeActor();
  const jane = await makeKnownJane(actor);
  const { token } = await createExport(actor, { user: jane.uuid });
  const holders = await Promise.all([Actor.ofExportLink(token), Actor.ofExportLink(token)]);
  const had = await Promise.allSettled(holders.map((holder) => (holder ? receiveExport(holder, { token }) : null)));
  assert.equal(had.filter(({ status }) => status === "fulfilled").length, 1);
});

test("an erasure of anything of theirs takes a waiting copy away, and nobody else's", async () => {
  const actor = await makeActor();
  const other = await makeKnownJane(actor);
  const { token: kept } = await createExport(actor, { user: other.uuid });
  const sessionIdOf = async (uuid: string) => (await db().session.findFirstOrThrow({ where: { uuid } })).sessionId;
  const erasures: ((jane: Awaited<ReturnType<typeof makeKnownJane>>) => Promise<unknown>)[] = [
    async (jane) => eraseFact(actor, { uuid: (await findFact(jane, "Ghent")).uuid }),
    async (jane) => forgetSources(actor, { uuid: (await findFact(jane, "Ghent")).uuid }),
    async (jane) =>
      eraseNode(actor, (await db().node.findFirstOrThrow({ where: { graphUuid: jane.uuid, name: "Tom" } })).uuid),
    async (jane) => eraseMessage(actor, { session: jane.session, message: jane.episodes[0] ?? "" }),
    async (jane) => eraseSessionById(actor, await sessionIdOf(jane.session)),
    async (jane) => eraseUserById(actor, jane.userId),
  ];
  for (const erase of erasures) {
    const jane = await makeKnownJane(actor);
    const { token } = await createExport(actor, { user: jane.uuid });
    await erase(jane);
    assert.equal(await Actor.ofExportLink(token), null);
    assert.equal(await db().dataExportPiece.count({ where: { userUuid: jane.uuid } }), 0);
  }
  assert.ok(await Actor.ofExportLink(kept));
});

test("what is stored of a copy is sealed, comes in pieces, and is put together again", async () => {
  const actor = await makeActor();
  const jane = await makeKnownJane(actor);
  const long = Array.from({ length: 90 }, () => randomBytes(48_000).toString("base64"));
  await addTurns({ projectUuid: actor.projectUuid, userUuid: jane.uuid, uuid: jane.session }, ...long);
  const { token } = await createExport(actor, { user: jane.uuid });
  const pieces = await db().dataExportPiece.findMany({ where: ofProject(actor), orderBy: { place: "asc" } });
  assert.ok(pieces.length > 1, "more than one piece");
  assert.ok(pieces.every(({ sealed }) => !Buffer.from(sealed).includes("messages.jsonl")));
  const files = unzipSync((await receiveCopy(token)).bytes);
  assert.ok(checkByShell(files).ok);
  assert.ok(strFromU8(files["messages.jsonl"] ?? new Uint8Array()).includes(long.at(-1) ?? "?"));
});
