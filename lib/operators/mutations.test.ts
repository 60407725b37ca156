import assert from "node:assert/strict";
import { test } from "node:test";
import { Actor } from "#lib/auth/actor.ts";
import { hashPassword } from "#lib/auth/password.ts";
import { can } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import {
  changeOperatorRole,
  changePassword,
  inviteOperator,
  resetPassword,
  setOperatorDisabled,
  signOutEverywhere,
} from "#lib/operators/mutations.ts";
import { endSignIn, signInWithPassword } from "#lib/sign-in/sign-in.ts";
import { makeOperator, makeSignIn } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

const mintActor = (operator: { signIn: string }) => Actor.ofSignIn(operator.signIn);

const attemptSignIn = (email: string, password: string, knownBrowser: string | null = null) =>
  signInWithPassword({ email, password, knownBrowser });

test("a changed role and a disabled membership count on the very next request", async () => {
  const admin = await makeOperator("admin");
  const colleague = await makeOperator("viewer", { projectUuid: admin.projectUuid });
  await changeOperatorRole(admin.actor, { operator: colleague.uuid, role: "privacy" });
  const promoted = await mintActor(colleague);
  assert.ok(promoted && can(promoted, "users:erase"));
  await setOperatorDisabled(admin.actor, { operator: colleague.uuid, disabled: true });
  assert.equal(await mintActor(colleague), null);
  await setOperatorDisabled(admin.actor, { operator: colleague.uuid, disabled: false });
  assert.ok(await mintActor(colleague));
});

test("somebody always remains who can administer the project", async () => {
  const admin = await makeOperator("admin");
  await assert.rejects(changeOperatorRole(admin.actor, { operator: admin.uuid, role: "viewer" }), { code: "conflict" });
  await assert.rejects(setOperatorDisabled(admin.actor, { operator: admin.uuid, disabled: true }), {
    code: "conflict",
  });
  assert.ok(await mintActor(admin));
});

test("signing out everywhere ends every sign-in made before", async () => {
  const operator = await makeOperator("support");
  await signOutEverywhere(operator.actor);
  assert.equal(await mintActor(operator), null);
  assert.ok(await mintActor({ signIn: await makeSignIn(operator.uuid) }));
});

test("signing out ends that sign-in and no other, and a sign-in ends by itself", async () => {
  const operator = await makeOperator("support");
  const elsewhere = await makeSignIn(operator.uuid);
  await endSignIn(operator.signIn);
  await endSignIn(operator.signIn);
  assert.equal(await mintActor(operator), null);
  assert.ok(await mintActor({ signIn: elsewhere }));
  await db().signIn.update({ where: { uuid: elsewhere }, data: { expiresAt: new Date() } });
  assert.equal(await mintActor({ signIn: elsewhere }), null);
  const where = { projectUuid: operator.projectUuid, action: "operator.signed_out" };
  assert.equal(await db().auditEvent.count({ where }), 1);
});

test("an invited operator signs in with the password shown once, and only its hash is stored", async () => {
  const admin = await makeOperator("admin");
  const { password } = await inviteOperator(admin.actor, {
    name: "New",
    email: "New.One@Example.org",
    role: "support",
  });
  assert.ok(password);
  const signIn = await attemptSignIn(" new.one@example.ORG ", password);
  const actor = signIn && (await Actor.ofSignIn(signIn));
  assert.ok(actor && actor.projectUuid === admin.projectUuid);
  assert.deepEqual([...actor.permissions], ["account:manage"], "a password that was handed over opens nothing");
  await changePassword(actor, { present: password, password: "of my own choice", repeated: "of my own choice" });
  assert.ok(can((await Actor.ofSignIn(signIn)) ?? actor, "users:read"));
  const stored = await db().operator.findUnique({ where: { email: "new.one@example.org" } });
  assert.match(stored?.passwordHash ?? "", /^\$argon2id\$/);
  await assert.rejects(inviteOperator(admin.actor, { name: "Twice", email: "new.one@example.org", role: "viewer" }), {
    code: "taken",
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
  for (let tries = 0; tries < 5; tries += 1) assert.equal(await attemptSignIn(email, "wrong"), null);
  const waitOf = async () => (await db().signInWait.findFirstOrThrow({ orderBy: { failures: "desc" } })).nextAt;
  const until = await waitOf();
  for (let tries = 0; tries < 20; tries += 1) {
    await assert.rejects(attemptSignIn(email, "the right password"), {
      code: "too_many",
      message: /Try again in \d+ s/,
    });
  }
  assert.deepEqual(await waitOf(), until, "an attempt inside the wait is not counted");
  assert.equal(await attemptSignIn("someone.else@example.org", "wrong"), null);
  assert.ok(await attemptSignIn(email, "the right password", "a browser that has signed in here before"));
  await db().signInWait.updateMany({ data: { nextAt: new Date(Date.now() - 1) } });
  assert.ok(await attemptSignIn(email, "the right password"), "the wait is over");
  assert.equal(await attemptSignIn(email, "wrong"), null, "and the failures are forgotten");
});

test("waits grow, but stay short, and many attempts at once count as many", async () => {
  const { email } = await makeOperator("support", { passwordHash: await hashPassword("the right password") });
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => attemptSignIn(email, "wrong").catch(() => "refused")),
  );
  assert.equal(answers.filter((answer) => answer === null).length, 5);
  for (let tries = 0; tries < 12; tries += 1) {
    await db().signInWait.updateMany({ data: { nextAt: new Date(Date.now() - 1) } });
    await attemptSignIn(email, "wrong");
  }
  const { nextAt, failures } = await db().signInWait.findFirstOrThrow({ orderBy: { failures: "desc" } });
  assert.equal(failures, 17);
  const seconds = (nextAt.getTime() - Date.now()) / 1000;
  assert.ok(seconds > 25 && seconds <= 31, `${seconds} s`);
});

test("wrong passwords are audited without the address, and of unknown addresses there is no trace", async () => {
  const { email, uuid, projectUuid } = await makeOperator("support", { passwordHash: await hashPassword("right") });
  for (let tries = 0; tries < 5; tries += 1) await attemptSignIn(email, "wrong");
  await attemptSignIn("nobody@example.org", "wrong");
  const events = await db().auditEvent.findMany({ where: { projectUuid }, orderBy: { seq: "asc" } });
  assert.deepEqual(
    events.map(({ action, actorKind, objectUuid }) => ({ action, actorKind, objectUuid })),
    Array.from({ length: 5 }, (_, index) => ({
      action: index < 4 ? "operator.sign_in_failed" : "operator.sign_in_slowed",
      actorKind: "anonymous",
      objectUuid: uuid,
    })),
  );
  assert.ok(!JSON.stringify(events, (_, value) => (typeof value === "bigint" ? 0 : value)).includes(email));
});

test("changing one's password needs the present one, ends the other sign-ins and keeps this one", async () => {
  const operator = await makeOperator("support", { passwordHash: await hashPassword("the old password") });
  const elsewhere = await makeSignIn(operator.uuid);
  const attemptPasswordChange = (present: string, password: string) =>
    changePassword(operator.actor, { present, password, repeated: password });
  await assert.rejects(attemptPasswordChange("a guess", "the new password"), {
    fields: { present: "This is not your present password." },
  });
  await assert.rejects(attemptPasswordChange("the old password", "the old password"), { code: "invalid" });
  assert.ok(await mintActor({ signIn: elsewhere }));
  await attemptPasswordChange("the old password", "the new password");
  assert.ok(await mintActor(operator));
  assert.equal(await mintActor({ signIn: elsewhere }), null);
  assert.equal(await attemptSignIn(operator.email, "the old password"), null);
  assert.ok(await attemptSignIn(operator.email, "the new password"));
});
