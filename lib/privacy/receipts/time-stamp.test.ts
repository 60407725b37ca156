import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { db } from "#lib/db/client.ts";
import { setEnv } from "#lib/env.ts";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { provePendingReceipts } from "#lib/privacy/proof/prove.ts";
import { downloadReceipt } from "#lib/privacy/receipts/mutations.ts";
import { stampReceipts } from "#lib/privacy/receipts/time-stamp.ts";
import { makeActor, makeUser } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

/** An authority of our own, made and run with openssl. @returns its address and its certificate. */
async function startAuthority(t: TestContext) {
  const place = mkdtempSync(join(tmpdir(), "lethe-tsa-"));
  const run = (script: string) =>
    execFileSync("sh", ["-c", script], { cwd: place, stdio: ["ignore", "ignore", "ignore"] });
  writeFileSync(join(place, "tsa.cnf"), CONFIGURATION);
  run(
    "openssl req -new -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -days 2 -subj /CN=Test -config tsa.cnf -extensions tsa_ext",
  );
  run("echo 01 > serial");
  const seen: Buffer[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      seen.push(Buffer.concat(parts));
      writeFileSync(join(place, "query.tsq"), Buffer.concat(parts));
      run("openssl ts -reply -queryfile query.tsq -config tsa.cnf -out reply.tsr");
      response
        .writeHead(200, { "content-type": "application/timestamp-reply" })
        .end(readFileSync(join(place, "reply.tsr")));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, place, seen };
}

const CONFIGURATION = `
[req]
distinguished_name = dn
[dn]
[tsa_ext]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
certs = tsa.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
`;

test("a receipt is stamped by an authority that sees nothing of it, and openssl checks the stamp with what is downloaded", async (t) => {
  const { url, place, seen } = await startAuthority(t);
  const actor = await makeActor();
  const { receipt } = await eraseUserById(actor, (await makeUser(actor)).userId);
  await provePendingReceipts();
  setEnv({ LETHE_TSA_URL: "http://127.0.0.1:1/" });
  const { error } = console;
  console.error = () => undefined;
  assert.equal(await stampReceipts(), 0);
  console.error = error;
  setEnv({ LETHE_TSA_URL: url });
  assert.equal(await stampReceipts(), 1);
  assert.equal(await stampReceipts(), 0);
  const { hash } = await db().receipt.findFirstOrThrow();
  assert.ok(hash && seen.length === 1 && !seen[0]?.includes(Buffer.from(hash)));
  const { files } = await downloadReceipt(actor, { receipt });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);
  const lines = [...(files["README.txt"] ?? "").matchAll(/^ {2}((openssl base64|printf|openssl ts).*)$/gm)].map(
    ([, line]) => line,
  );
  assert.equal(lines.length, 3);
  writeFileSync(join(place, "check.sh"), lines.join("\n"));
  execFileSync("sh", ["-e", "check.sh"], { cwd: place, stdio: "ignore" });
  writeFileSync(join(place, "receipt.jws"), "another receipt");
  assert.throws(() => execFileSync("sh", ["-e", "check.sh"], { cwd: place, stdio: "ignore" }));
  await assert.rejects(db().receipt.updateMany({ data: { timeStamp: null } }), /never changed/);
});
