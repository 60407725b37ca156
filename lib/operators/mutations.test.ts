import assert from "node:assert/strict";
import { test } from "node:test";
import { Actor } from "#lib/auth/actor.ts";
import { hashPassword } from "#lib/auth/password.ts";
import { can } from "#lib/auth/permissions.ts";
import { signInWithPassword } from "#lib/auth/sign-in.ts";
import { db } from "#lib/db/client.ts";
import { changeRole, inviteOperator, resetPassword, setDisabled, signOutEverywhere } from "#lib/operators/mutations.ts";
import { makeOperator } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

const returning = (operator: { uuid: string; epoch: number }) =>
  Actor.ofOperator({ operatorUuid: operator.uuid, epoch: operator.epoch });

test("a changed role and a disabled membership count on the very next request", async () => {
  const admin = await makeOperator("admin");
  const colleague = await makeOperator("viewer", { projectUuid: admin.projectUuid });
  await changeRole(admin.actor, { operator: colleague.uuid, role: "privacy" });
  const promoted = await returning(colleague);
  assert.ok(promoted && can(promoted, "users:erase"));
  await setDisabled(admin.actor, { operator: colleague.uuid, disabled: true });
  assert.equal(await returning(colleague), null);
  await setDisabled(admin.actor, { operator: colleague.uuid, disabled: false });
  assert.ok(await returning(colleague));
});

test("somebody always remains who can administer the project", async () => {
  const admin = await makeOperator("admin");
  await assert.rejects(changeRole(admin.actor, { operator: admin.uuid, role: "viewer" }), { code: "conflict" });
  await assert.rejects(setDisabled(admin.actor, { operator: admin.uuid, disabled: true }), { code: "conflict" });
  assert.ok(await returning(admin));
});

test("signing out everywhere ends every sign-in made before", async () => {
  const operator = await makeOperator("support");
  await signOutEverywhere(operator.actor);
  assert.equal(await returning(operator), null);
  assert.ok(await returning({ ...operator, epoch: 1 }));
});

test("an invited operator signs in with the password shown once, and only its hash is stored", async () => {
  const admin = await makeOperator("admin");
  const { password } = await inviteOperator(admin.actor, {
    name: "New",
    email: "New.One@Example.org",
    role: "support",
  });
  assert.ok(password);
  const signIn = await signInWithPassword(" new.one@example.ORG ", password);
  assert.ok(signIn && (await Actor.ofOperator(signIn))?.projectUuid === admin.projectUuid);
  const stored = await db().operator.findUnique({ where: { email: "new.one@example.org" } });
  assert.match(stored?.passwordHash ?? "", /^\$argon2id\$/);
  await assert.rejects(inviteOperator(admin.actor, { name: "Twice", email: "new.one@example.org", role: "viewer" }), {
    code: "invalid",
    fields: { email: "This person already works in this project." },
  });
});

test("an admin cannot reset the password of someone who also works elsewhere", async () => {
  const [here, elsewhere] = [await makeOperator("admin"), await makeOperator("admin")];
  const shared = await makeOperator("support", { projectUuid: here.projectUuid });
  await resetPassword(here.actor, { operator: shared.uuid });
  await db().membership.create({
    data: { projectUuid: elsewhere.projectUuid, operatorUuid: shared.uuid, role: "viewer" },
  });
  await assert.rejects(resetPassword(here.actor, { operator: shared.uuid }), { code: "forbidden" });
});

test("guessing a password is slowed down for that address, whatever the password", async () => {
  const passwordHash = await hashPassword("the right password");
  const { email } = await makeOperator("support", { passwordHash });
  for (let attempt = 0; attempt < 8; attempt += 1) assert.equal(await signInWithPassword(email, "wrong"), null);
  await assert.rejects(signInWithPassword(email, "the right password"), { code: "too_many" });
  assert.equal(await signInWithPassword("someone.else@example.org", "wrong"), null);
});
