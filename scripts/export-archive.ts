import { createHash, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";
import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { verifyJws } from "#lib/keys/jws.ts";
import { EXPORT_FILES, EXPORT_PARTS } from "#lib/transfer/terms.ts";

const keySchema = z.object({ crv: z.literal("Ed25519"), x: z.string() });
const headerSchema = z.object({ kid: z.string() });
const manifestSchema = z.object({ files: z.array(z.object({ name: z.string(), sha256: z.string() })) });

/** An archive that unpacks to more than this is none of ours, or is imported from its parts. */
const MOST_BYTES = 1024 ** 3;

/**
 * The lines of a person's copy that an import takes, in the order in which it takes them, after checking that nothing was
 * changed since the copy was signed. @throws AppError `invalid` that says what is wrong with it.
 */
export function readArchive(path: string): Buffer {
  const files = openArchive(path);
  const signed = new Map(readManifest(files).map(({ name, sha256 }) => [name, sha256]));
  return Buffer.concat(EXPORT_PARTS.map((part) => checkFile(files, signed, EXPORT_FILES[part])));
}

function checkFile(files: Map<string, Uint8Array>, signed: Map<string, string>, name: string): Uint8Array {
  const [bytes, sha256] = [files.get(name), signed.get(name)];
  if (!bytes || !sha256) throw refuseArchive(`${name} is missing from the archive or from its manifest.`);
  if (createHash("sha256").update(bytes).digest("hex") !== sha256)
    throw refuseArchive(`${name} was changed after the archive was signed.`);
  return bytes;
}

const NEEDED = new Set<string>([...Object.values(EXPORT_FILES), "manifest.jws", "public.pem"]);

function openArchive(path: string): Map<string, Uint8Array> {
  let total = 0;
  const filter = ({ name, originalSize }: { name: string; originalSize: number }) => {
    if (NEEDED.has(name)) total += originalSize;
    return NEEDED.has(name) && total <= MOST_BYTES;
  };
  try {
    const files = new Map(Object.entries(unzipSync(readFileSync(path), { filter })));
    if (total <= MOST_BYTES) return files;
  } catch {
    throw refuseArchive("This is no ZIP archive, or it is incomplete.");
  }
  throw refuseArchive(
    "This archive is larger than 1 GiB when it is unpacked. Unpack it, and import its .jsonl files one by one.",
  );
}

/** What was signed; the key is in the archive, so this tells changes and not who signed. */
function readManifest(files: Map<string, Uint8Array>) {
  const [jws, pem] = [files.get("manifest.jws"), files.get("public.pem")];
  if (!jws || !pem)
    throw refuseArchive("This archive is no copy of somebody's data: manifest.jws or public.pem is missing.");
  const checked = verifyManifest(strFromU8(jws).trim(), strFromU8(pem));
  if (!checked) throw refuseArchive("The manifest was changed after it was signed, or it is no manifest.");
  return checked.files;
}

function verifyManifest(signed: string, pem: string) {
  try {
    const { x } = keySchema.parse(createPublicKey(pem).export({ format: "jwk" }));
    const header: unknown = JSON.parse(Buffer.from(signed.split(".")[0] ?? "", "base64url").toString("utf8"));
    const { kid } = headerSchema.parse(header);
    const checked = verifyJws(signed, [{ kty: "OKP", crv: "Ed25519", x, kid }]);
    return checked.valid ? manifestSchema.parse(checked.payload) : null;
  } catch {
    return null;
  }
}

function refuseArchive(message: string): AppError {
  return new AppError("invalid", message);
}
