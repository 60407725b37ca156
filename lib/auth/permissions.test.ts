import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { can, listAllPermissions, listPermissions, ROLES } from "#lib/auth/permissions.ts";
import { makeOperator, makeProject } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

const LIB = resolve(import.meta.dirname, "..");

/** Every function that the core offers to transports, with the permission that its first line asks for. */
const offered: { name: string; call: (...args: unknown[]) => unknown; asks: string | undefined }[] = [];
for (const file of globSync(["**/queries.ts", "**/mutations.ts"], { cwd: LIB }).sort()) {
  for (const [name, call] of Object.entries<unknown>(await import(resolve(LIB, file)))) {
    if (typeof call !== "function") continue;
    const asks = /^[^{]*\)\s*(?:{\s*)authorize\(actor, "([^"]+)"\)/s.exec(call.toString())?.[1];
    offered.push({ name: `${file} ${name}`, call: (...args) => Reflect.apply(call, undefined, args), asks });
  }
}

test("every function of the core that takes an actor opens with authorize", () => {
  assert.ok(offered.length > 25, "the core's functions were found");
  const known: string[] = listAllPermissions();
  const helpers = offered.filter(({ call, asks }) => asks === undefined && call.length > 0).map(({ name }) => name);
  assert.deepEqual(helpers, []);
  for (const { asks, name } of offered) if (asks) assert.ok(known.includes(asks), `${name} asks for ${asks}`);
});

test("each role is let in or refused as the permission table says, by every function of the core", async () => {
  const projectUuid = (await makeProject()).uuid;
  const nothing = "0198f3c0-0000-7000-8000-000000000000";
  // An input that no function finds anything for: what is allowed fails later than authorization, or finds nothing.
  const input = {
    uuid: nothing,
    uuids: [nothing],
    project: nothing,
    operator: nothing,
    apiKey: nothing,
    session: nothing,
  };
  for (const role of ROLES) {
    const { actor } = await makeOperator(role, { projectUuid });
    for (const { name, call, asks } of offered) {
      if (!asks) continue;
      const refused = await Promise.resolve(call(actor, input)).then(
        () => false,
        (error: unknown) => error instanceof Error && "code" in error && error.code === "forbidden",
      );
      const allowed = [...listPermissions([role])].some((permission) => permission === asks);
      assert.equal(refused, !allowed, `${role}: ${name} (${asks})`);
    }
  }
});

test("a viewer reads no transcript, support erases nobody, only admins manage", () => {
  const makeRoleActor = (role: (typeof ROLES)[number]) => ({ permissions: listPermissions([role]) });
  assert.ok(!can(makeRoleActor("viewer"), "transcripts:read"));
  assert.ok(can(makeRoleActor("support"), "transcripts:read") && !can(makeRoleActor("support"), "users:erase"));
  assert.ok(can(makeRoleActor("privacy"), "users:erase") && !can(makeRoleActor("privacy"), "operators:manage"));
  assert.deepEqual([...listPermissions(["admin"]), ...listPermissions(["link"])].sort(), listAllPermissions().sort());
  assert.deepEqual([...listPermissions(["link"])], ["export:receive", "request:confirm"]);
});
