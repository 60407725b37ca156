import type { Actor } from "#lib/auth/actor.ts";
import { getInstanceName } from "#lib/auth/secret.ts";
import type { Tx } from "#lib/db/client.ts";
import { byUuid } from "#lib/db/scope.ts";
import { getSummary } from "#lib/graph/summary/queries.ts";
import { signPayload } from "#lib/keys/jws.ts";
import type { SigningKey } from "#lib/keys/signing.ts";
import { VERIFY_SCRIPT, writePem } from "#lib/keys/verify-script.ts";
import {
  listPeopleNamed,
  type MemoryLine,
  readFactLines,
  readNodeLines,
  readSummaryLines,
  readViewLines,
} from "#lib/privacy/exports/memory-lines.ts";
import { makeReadme } from "#lib/privacy/exports/readme.ts";
import { ThirdParties } from "#lib/privacy/exports/third-parties.ts";
import { ArchiveWriter } from "#lib/privacy/exports/zip.ts";
import { type ExportedPerson, readExportPart } from "#lib/transfer/parts.ts";
import { EXPORT_FILES, EXPORT_PARTS } from "#lib/transfer/terms.ts";

const MEMORY_FILES = {
  "graph/nodes.jsonl": readNodeLines,
  "graph/facts.jsonl": readFactLines,
  "graph/summaries.jsonl": readSummaryLines,
  "views.jsonl": readViewLines,
} as const;

/** So many facts are told on the first page; all of them are in their file. */
const MOST_TOLD = 200;

/** What an archive turned out to hold. */
export interface ArchiveContents {
  bytes: number;
  lines: Record<string, number>;
  thirdParty: number;
}

/**
 * Writes everything that is stored of a person as a signed archive: what an import takes again, what is remembered with what
 * it was drawn from, which lines are about others, a page that explains it, and what it takes to check it. The person is
 * locked, so that all of it is of one moment.
 * @param store takes the archive piece by piece.
 */
export async function writeArchive(
  tx: Tx,
  actor: Actor,
  person: ExportedPerson,
  { key, store }: { key: SigningKey; store: (piece: Buffer) => Promise<void> },
): Promise<ArchiveContents> {
  const madeAt = new Date();
  const archive = new ArchiveWriter(store);
  const others = await startThirdParties(tx, person);
  const named = await listPeopleNamed(tx, person);
  for (const part of EXPORT_PARTS) {
    const file = EXPORT_FILES[part];
    await archive.addLines(
      file,
      eachLine(readExportPart(tx, person, part), (line) =>
        others.flag(file, line, (line.uuid && named.get(line.uuid)) || []),
      ),
    );
  }
  const told: string[] = [];
  let current = 0;
  const tell = ({ current: fact }: MemoryLine) => {
    if (fact === undefined) return;
    current += 1;
    if (told.length < MOST_TOLD) told.push(fact);
  };
  for (const [file, read] of Object.entries(MEMORY_FILES))
    await archive.addLines(
      file,
      eachLine(read(tx, person), (line) => {
        others.flag(file, line, line.others);
        tell(line);
      }),
    );
  await archive.addLines("third-party.jsonl", others.lines);
  const { sentences } = await getSummary(actor, person.uuid);
  const files = [...archive.files];
  const thirdParty = others.lines.length;
  const readme = makeReadme({
    madeAt,
    summary: sentences.map(({ text }) => text),
    facts: told,
    current,
    files,
    thirdParty,
  });
  await archive.addLines("README.html", [readme]);
  await archive.addLines(
    "SHA256SUMS",
    archive.files.map(({ name, sha256 }) => `${sha256}  ${name}`),
  );
  const manifest = { v: 1, instance: getInstanceName(), madeAt: madeAt.toISOString(), userId: person.userId };
  const jws = signPayload({ ...manifest, thirdParty, files: archive.files.map((file) => ({ ...file })) }, key);
  await archive.addLines("manifest.json", [Buffer.from(jws.split(".")[1] ?? "", "base64url").toString("utf8")]);
  await archive.addLines("manifest.jws", [jws]);
  await archive.addLines("public.pem", [writePem(key.jwk).trimEnd()]);
  await archive.addLines("verify.sh", [VERIFY_SCRIPT.trimEnd()]);
  await archive.end();
  const lines = Object.fromEntries(files.map(({ name, lines: count }) => [name, count]));
  return { bytes: archive.bytes, lines, thirdParty };
}

async function startThirdParties(tx: Tx, person: ExportedPerson): Promise<ThirdParties> {
  const where = byUuid(person, person.uuid);
  const { email, userId } = await tx.user.findUniqueOrThrow({ where, select: { email: true, userId: true } });
  return new ThirdParties([email, userId]);
}

/** Passes lines on, each after somebody has looked at it. */
async function* eachLine<Line extends { line: string }>(lines: AsyncIterable<Line>, look: (line: Line) => void) {
  for await (const line of lines) {
    look(line);
    yield line.line;
  }
}
