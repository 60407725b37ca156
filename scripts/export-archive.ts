import { createHash, createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";
import { z } from "zod";
import { verifyJws } from "#lib/keys/jws.ts";
import { EXPORT_FILES, EXPORT_PARTS } from "#lib/transfer/terms.ts";

const manifestSchema = z.object({ files: z.array(z.object({ name: z.string(), sha256: z.string() })) });

/**
 * The lines of a person's copy that an import takes, in the order in which it takes them, after checking that nothing was
 * changed since the copy was signed. @throws Error that says what is wrong with it.
 */
export function readArchive(path: string): Buffer {
  const files = openArchive(path);
  const manifest = readManifest(files);
  for (const { name, sha256 } of manifest.files) {
    const bytes = files[name];
    if (!bytes) throw new Error(`${name} is missing from the archive.`);
    if (createHash("sha256").update(bytes).digest("hex") !== sha256)
      throw new Error(`${name} was changed after the archive was signed.`);
  }
  return Buffer.concat(EXPORT_PARTS.map((part) => files[EXPORT_FILES[part]] ?? Buffer.alloc(0)));
}

function openArchive(path: string): Record<string, Uint8Array> {
  try {
    return unzipSync(readFileSync(path));
  } catch {
    throw new Error("This is no ZIP archive, or it is incomplete.");
  }
}

/** What was signed; the key is in the archive, so this tells changes and not who signed. */
function readManifest(files: Record<string, Uint8Array>) {
  const [jws, pem] = [files["manifest.jws"], files["public.pem"]];
  if (!jws || !pem)
    throw new Error("This archive is no copy of somebody's data: manifest.jws or public.pem is missing.");
  const jwk = z.object({ x: z.string() }).parse(createPublicKey(strFromU8(pem)).export({ format: "jwk" }));
  const signed = strFromU8(jws).trim();
  const { kid } = z
    .object({ kid: z.string() })
    .parse(JSON.parse(Buffer.from(signed.split(".")[0] ?? "", "base64url").toString("utf8")));
  const checked = verifyJws(signed, [{ kty: "OKP", crv: "Ed25519", x: jwk.x, kid }]);
  if (!checked.valid) throw new Error("The manifest was changed after it was signed.");
  return manifestSchema.parse(checked.payload);
}
