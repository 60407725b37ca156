import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { byUuid } from "#lib/db/scope.ts";
import { fileRequest } from "#lib/privacy/requests/file.ts";
import type { FileRequest } from "#lib/privacy/requests/schema.ts";

/** What the fields of a request are where a test says nothing of them. */
export const ASKED = {
  type: "erasure",
  law: "gdpr",
  channel: "email",
  contact: "",
  externalRef: "",
  keepsOut: true,
} as const;

/** Files a request about whoever is called so. @returns its uuid. */
export async function fileFor(actor: Actor, identifier: string, fields: Partial<FileRequest> = {}): Promise<string> {
  const { request } = await fileRequest(actor, { ...ASKED, identifier, receivedAt: new Date(), ...fields });
  return request;
}

/** A request as it is now; `seen` is what a step asks of whoever has looked at it. */
export async function readRequest(actor: Actor, request: string) {
  const found = await db().privacyRequest.findUniqueOrThrow({ where: byUuid(actor, request) });
  return { ...found, seen: { request, version: found.version } };
}
