import { createPublicKey } from "node:crypto";
import type { PublicJwk } from "#lib/keys/signing.ts";

/** Six lines that check what was signed here with nothing but a shell and openssl. */
export const VERIFY_SCRIPT = `#!/bin/sh
# sh verify.sh SIGNED.jws public.pem   (OpenSSL 3)
IFS=. read -r HEADER PAYLOAD SIGNATURE < "$1"
decode() { tr '_-' '/+' | awk '{ while (length($0) % 4) $0 = $0 "="; print }' | openssl base64 -d -A; }
printf %s "$HEADER.$PAYLOAD" > signed.txt && printf %s "$SIGNATURE" | decode > signature.bin
openssl pkeyutl -verify -pubin -inkey "$2" -rawin -in signed.txt -sigfile signature.bin || exit 1
printf %s "$PAYLOAD" | decode
`;

/** A public key as openssl reads it. */
export function writePem(key: PublicJwk): string {
  return createPublicKey({ key: { ...key }, format: "jwk" })
    .export({ format: "pem", type: "spki" })
    .toString();
}
