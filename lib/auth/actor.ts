import { createHash, timingSafeEqual } from "node:crypto";
import { listPermissions, type Permission, ROLES, SCOPES } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { BOOLEAN, BYTES, listOf, oneOf, readRows, TEXT } from "#lib/db/rows.ts";
import { AppError } from "#lib/errors.ts";
import type { ActorKind } from "#prisma/client/enums.ts";

interface Identity {
  kind: ActorKind;
  uuid: string | null;
  projectUuid: string;
  permissions: ReadonlySet<Permission>;
  /** What a person signed in with; null for all other actors. */
  signInUuid?: string | null;
  /** The person still has the password that somebody else made, and may do nothing but choose their own. */
  passwordIsTemporary?: boolean;
}

/**
 * Who acts, in which project, and what they may do. Only this file creates actors, so code that forgot its access check has
 * none to pass to a core function. `projectUuid` is the only source of tenancy.
 */
export class Actor implements Identity {
  readonly kind: ActorKind;
  readonly uuid: string | null;
  readonly projectUuid: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly signInUuid: string | null;
  readonly passwordIsTemporary: boolean;
  /** Makes the type nominal: an object that merely looks like an Actor is not one. */
  readonly #minted = true;

  private constructor(identity: Identity) {
    this.kind = identity.kind;
    this.uuid = identity.uuid;
    this.projectUuid = identity.projectUuid;
    this.permissions = identity.permissions;
    this.signInUuid = identity.signInUuid ?? null;
    this.passwordIsTemporary = identity.passwordIsTemporary ?? false;
  }

  static isActor(value: object): value is Actor {
    return #minted in value;
  }

  /**
   * The operator that a sign-in names, as of now: a changed role or a disabled membership counts from this very call.
   * The project is the one they chose; without a choice a real one that has people, so that a first look is never empty.
   * @returns null when the sign-in is no longer good: signed out, expired, or its operator disabled or removed.
   */
  static async ofSignIn(signInUuid: string): Promise<Actor | null> {
    const [found] = await readRows({
      uuid: TEXT,
      projectUuid: TEXT,
      role: oneOf(ROLES),
      passwordIsTemporary: BOOLEAN,
    })`
      SELECT o.uuid, m.project_uuid AS "projectUuid", m.role, o.password_temporary AS "passwordIsTemporary"
      FROM sign_ins s
      JOIN operators o ON o.uuid = s.operator_uuid
      JOIN memberships m ON m.operator_uuid = o.uuid AND m.disabled_at IS NULL
      JOIN projects p ON p.uuid = m.project_uuid
      WHERE s.uuid = ${signInUuid}::uuid AND s.expires_at > now()
      ORDER BY (o.chosen_project = m.project_uuid) IS TRUE DESC,
        NOT p.sample AND EXISTS (SELECT FROM users WHERE p.uuid = users.project_uuid) DESC,
        p.sample DESC, m.created_at
      LIMIT 1`;
    if (!found) return null;
    const { role, ...identity } = found;
    const permissions = identity.passwordIsTemporary ? TO_CHOOSE_A_PASSWORD : listPermissions([role]);
    return new Actor({ kind: "operator", ...identity, permissions, signInUuid });
  }

  /** The application that an API key belongs to. @returns null for a key that is unknown or revoked. */
  static async ofApiKey(key: string): Promise<Actor | null> {
    const hash = hashToken(key);
    const [found] = await readRows({
      uuid: TEXT,
      projectUuid: TEXT,
      scopes: listOf(oneOf(SCOPES)),
      hash: BYTES,
    })`
      SELECT uuid, project_uuid AS "projectUuid", scopes::text[] AS scopes, hash FROM api_keys
      WHERE hash = ${hash} AND revoked_at IS NULL`;
    if (!found || !timingSafeEqual(found.hash, hash)) return null;
    const permissions = listPermissions(found.scopes);
    return new Actor({ kind: "api_key", uuid: found.uuid, projectUuid: found.projectUuid, permissions });
  }

  /** Whoever has the link to a copy of a person's data. @returns null where the link leads to nothing, used and expired ones included. */
  static async ofExportLink(token: string): Promise<Actor | null> {
    const [found] = await readRows({ projectUuid: TEXT })`
      SELECT project_uuid AS "projectUuid" FROM data_exports
      WHERE token_hash = ${hashToken(token)} AND downloaded_at IS NULL AND expires_at > now()`;
    if (!found) return null;
    return new Actor({ kind: "anonymous", uuid: null, ...found, permissions: listPermissions(["link"]) });
  }

  /** Whoever has the link behind which a code is entered. @returns null where the link leads to nothing, expired ones included. */
  static async ofRequestLink(token: string): Promise<Actor | null> {
    const [found] = await readRows({ projectUuid: TEXT })`
      SELECT project_uuid AS "projectUuid" FROM request_codes WHERE token_hash = ${hashToken(token)} AND expires_at > now()`;
    if (!found) return null;
    return new Actor({ kind: "anonymous", uuid: null, ...found, permissions: listPermissions(["link"]) });
  }

  /**
   * The person at this machine's command line, who may do everything in the named project.
   * @throws AppError `not_found` when there is no such project.
   */
  static async ofCommandLine(projectSlug: string): Promise<Actor> {
    const project = await db().project.findUnique({ where: { slug: projectSlug }, select: { uuid: true } });
    if (!project) throw new AppError("not_found", `There is no project "${projectSlug}".`);
    return new Actor({
      kind: "command_line",
      uuid: null,
      projectUuid: project.uuid,
      permissions: listPermissions(["admin"]),
    });
  }
}

const TO_CHOOSE_A_PASSWORD: ReadonlySet<Permission> = new Set<Permission>(["account:manage"]);

/** Keys and links carry 256 random bits, so a plain digest is enough and keeps look-up a single index probe. */
export function hashToken(token: string): Buffer<ArrayBuffer> {
  return createHash("sha256").update(token).digest();
}

/** The operator behind an actor, for what only people do. @throws AppError `forbidden` for keys and the command line. */
export function requireOperator(actor: Actor): string {
  if (actor.kind !== "operator" || !actor.uuid) throw new AppError("forbidden", "Only operators can do this.");
  return actor.uuid;
}
