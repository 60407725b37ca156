import { db, type Tx } from "#lib/db/client.ts";
import { JSON_VALUE, nullable, oneOf, readRowsIn, type Shape, TEXT } from "#lib/db/rows.ts";
import { AppError } from "#lib/errors.ts";
import { listSuppressionKeys } from "#lib/keys/hashes.ts";
import { getSigningKey, type PublicJwk, publicJwkSchema, type SigningKey } from "#lib/keys/signing.ts";
import type { Prisma } from "#prisma/client/client.ts";
import { InstanceKeyKind } from "#prisma/client/enums.ts";

interface KnownKey {
  id: string;
  kind: InstanceKeyKind;
  publicJwk: Prisma.JsonValue;
}

const KEY_SHAPE: Shape<KnownKey> = {
  id: TEXT,
  kind: oneOf(Object.values(InstanceKeyKind)),
  publicJwk: nullable(JSON_VALUE),
};

/** Both keys, which an erasure needs: one to sign its receipt, one to know again whom it was about. */
export interface ErasureKeys {
  signing: SigningKey;
  suppression: { id: string; secret: string };
}

/**
 * The keys of this process, after making sure that they are the instance's. The first to be used become the instance's.
 * @param refusal what did not happen, where one is wrong.
 * @throws AppError `unavailable` when one is missing, or is not the one that was used before.
 */
export async function requireErasureKeys(tx: Tx, refusal = "Nothing was deleted"): Promise<ErasureKeys> {
  const signing = getSigningKey();
  const [suppression] = listSuppressionKeys();
  if (!signing || !suppression)
    throw new AppError("unavailable", `${refusal}: LETHE_SIGNING_KEY or LETHE_SUPPRESSION_KEY is missing.`);
  await registerKey(tx, { id: signing.jwk.kid, kind: "signing", publicJwk: signing.jwk });
  await registerKey(tx, { id: suppression.id, kind: "suppression", publicJwk: null });
  const problem = await findKeyProblem(tx);
  if (problem) throw new AppError("unavailable", `${refusal}: ${problem}`);
  return { signing, suppression };
}

/** A key is taken on where there is none of its kind; taking on another one is somebody's decision. */
async function registerKey(
  tx: Tx,
  { id, kind, publicJwk }: { id: string; kind: InstanceKeyKind; publicJwk: PublicJwk | null },
) {
  await tx.$executeRaw`
    INSERT INTO instance_keys (id, kind, public_jwk)
    SELECT ${id}, ${kind}::instance_key_kind, ${publicJwk && JSON.stringify(publicJwk)}::jsonb
    WHERE NOT EXISTS (SELECT FROM instance_keys WHERE kind = ${kind}::instance_key_kind AND retired_at IS NULL)
    ON CONFLICT DO NOTHING`;
}

/** What is wrong with the keys of this process, in a sentence; null where nothing is. */
export async function findKeyProblem(tx: Pick<Tx, "$queryRaw">): Promise<string | null> {
  const known = await readRowsIn(tx, KEY_SHAPE)`
    SELECT id, kind, public_jwk AS "publicJwk" FROM instance_keys WHERE retired_at IS NULL`;
  const own = new Set([getSigningKey()?.jwk.kid, ...listSuppressionKeys().map(({ id }) => id)]);
  const missing = new Set(known.filter(({ id }) => !own.has(id)).map(({ kind }) => kind));
  if (missing.has("signing")) return "LETHE_SIGNING_KEY is missing or is not the key that this instance signs with.";
  if (missing.has("suppression"))
    return "LETHE_SUPPRESSION_KEY is missing or is not the key that people are kept out with.";
  return null;
}

/** Every public key that receipts were ever signed with. */
export async function listPublicKeys(tx: Pick<Tx, "$queryRaw"> = db()): Promise<PublicJwk[]> {
  const keys = await readRowsIn(tx, { publicJwk: JSON_VALUE })`
    SELECT public_jwk AS "publicJwk" FROM instance_keys WHERE kind = 'signing' ORDER BY created_at`;
  return keys.map(({ publicJwk }) => publicJwkSchema.parse(publicJwk));
}
