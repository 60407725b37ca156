import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { signPayload, verifyJws, writeCanonicalJson } from "#lib/keys/jws.ts";
import { makeBundle } from "#lib/privacy/receipts/bundle.ts";

/** RFC 8032, 7.1, test 1: a key that everybody knows, for bytes that are to stay the same for ever. */
const SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const key = createPrivateKey({
  key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.from(SEED, "hex")]),
  format: "der",
  type: "pkcs8",
});
const { x = "" } = createPublicKey(key).export({ format: "jwk" });
const jwk = { kty: "OKP" as const, crv: "Ed25519" as const, x, kid: "golden" };

const PAYLOAD = {
  v: 1,
  type: "erasure",
  counts: { users: { previewed: null, deleted: 1, remaining: 0 } },
  nothing: undefined,
  notProved: ["é “quoted”\n", "😀"],
};

test("a receipt's bytes are the same for ever", () => {
  assert.equal(
    writeCanonicalJson(PAYLOAD),
    '{"counts":{"users":{"deleted":1,"previewed":null,"remaining":0}},"notProved":["é “quoted”\\n","😀"],"type":"erasure","v":1}',
  );
  assert.equal(signPayload(PAYLOAD, { key, jwk }), GOLDEN);
  assert.ok(verifyJws(GOLDEN, [jwk]).valid);
});

const GOLDEN =
  "eyJhbGciOiJFZERTQSIsImtpZCI6ImdvbGRlbiIsInR5cCI6IkpPU0UifQ.eyJjb3VudHMiOnsidXNlcnMiOnsiZGVsZXRlZCI6MSwicHJldmlld2VkIjpudWxsLCJyZW1haW5pbmciOjB9fSwibm90UHJvdmVkIjpbIsOpIOKAnHF1b3RlZOKAnVxuIiwi8J-YgCJdLCJ0eXBlIjoiZXJhc3VyZSIsInYiOjF9.Adc2xlZ6lLBJw51tvp_4FmyvxJijBHNBXREUbVQJwlH7FiGRqb_igKIzrA9NSLNmxWi8KJKITbzNFiT2EZCKBg";

test("canonical JSON is JSON, with its keys in order, whatever is in it", () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
  fc.assert(
    fc.property(value, (any) => {
      const held = JSON.parse(JSON.stringify(any));
      const written = writeCanonicalJson(held);
      assert.deepEqual(JSON.parse(written), held);
      assert.equal(writeCanonicalJson(JSON.parse(written)), written);
    }),
  );
  assert.throws(() => writeCanonicalJson({ half: 0.5 }));
});

test("openssl alone checks what is downloaded, and refuses it when one letter of it is another", () => {
  const place = mkdtempSync(join(tmpdir(), "lethe-receipt-"));
  const jws = signPayload(PAYLOAD, { key, jwk });
  for (const [name, text] of Object.entries(makeBundle(jws, jwk, { nonce: "00ff" })))
    writeFileSync(join(place, name), text);
  const verify = (file: string) =>
    execFileSync("sh", ["verify.sh", file, "public.pem"], {
      cwd: place,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  assert.match(verify("receipt.jws"), /Signature Verified Successfully[\s\S]*"type":"erasure"/);
  const [header, payload = "", signature] = jws.split(".");
  const changed = [
    header,
    `${payload.slice(0, -5)}${payload.at(-5) === "A" ? "B" : "A"}${payload.slice(-4)}`,
    signature,
  ];
  writeFileSync(join(place, "changed.jws"), `${changed.join(".")}\n`);
  assert.throws(() => verify("changed.jws"));
});

test("anything but a receipt is told to be none, in words", () => {
  for (const [text, reason] of [
    ["", /three parts/],
    ["a.b", /three parts/],
    ["a.b.c", /does not name an Ed25519 key/],
    [`${Buffer.from('{"alg":"none","kid":"golden"}').toString("base64url")}.e30.`, /three parts/],
    [`${Buffer.from('{"alg":"none","kid":"golden"}').toString("base64url")}.e30.AA`, /does not name an Ed25519 key/],
    [`${Buffer.from('{"alg":"EdDSA","kid":"other"}').toString("base64url")}.e30.AA`, /never used/],
    [`${Buffer.from('{"alg":"EdDSA","kid":"golden"}').toString("base64url")}.e30.AA`, /does not fit/],
  ] as const) {
    const checked = verifyJws(text, [jwk]);
    assert.ok(!checked.valid && reason.test(checked.reason), text);
  }
});
