import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { countUsers, listUsers } from "#lib/users/queries.ts";
import { NO_USER_FILTER, type UserFilter, type UserList } from "#lib/users/schema.ts";
import { USER_SORTS } from "#lib/users/terms.ts";
import { addTurns, makeActor, makeSession, makeUser } from "#prisma/factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();

function makeUserList(change: Partial<UserList> = {}): UserList {
  return { page: 1, size: 25, sort: "created", direction: "desc", filter: NO_USER_FILTER, ...change };
}

async function findFirstNames(actor: Actor, filter: Partial<UserFilter>): Promise<string[]> {
  const rows = await listUsers(actor, makeUserList({ filter: { ...NO_USER_FILTER, ...filter } }));
  assert.equal(await countUsers(actor, { ...NO_USER_FILTER, ...filter }), rows.length);
  return rows.map((row) => row.firstName ?? "").sort();
}

test("search finds any part of id, address and name, whatever its case and accents", async () => {
  const actor = await makeActor();
  await makeUser(actor, { firstName: "Zoë", lastName: "Łukasiewicz", email: "z.luk@example.org", userId: "crm-77" });
  await makeUser(actor, { firstName: "美咲", lastName: "小林", email: "misaki@example.org", userId: "crm-78" });
  await makeUser(actor, { firstName: "Percent", lastName: "100% _real_", email: null, userId: "a/b?c#d" });
  assert.deepEqual(await findFirstNames(actor, { search: "LUKASIEW" }), ["Zoë"]);
  assert.deepEqual(await findFirstNames(actor, { search: "zoe łuk" }), ["Zoë"]);
  assert.deepEqual(await findFirstNames(actor, { search: "uk@exam" }), ["Zoë"]);
  assert.deepEqual(await findFirstNames(actor, { search: "crm-7" }), ["Zoë", "美咲"]);
  assert.deepEqual(await findFirstNames(actor, { search: "小林" }), ["美咲"]);
  assert.deepEqual(await findFirstNames(actor, { search: "100%" }), ["Percent"]);
  assert.deepEqual(await findFirstNames(actor, { search: "_real_" }), ["Percent"]);
  assert.deepEqual(await findFirstNames(actor, { search: "b?c" }), ["Percent"]);
  assert.deepEqual(await findFirstNames(actor, { search: "zoe misaki" }), []);
  assert.deepEqual(await findFirstNames(actor, { search: "\0" }), ["Percent", "Zoë", "美咲"]);
});

test("a word of one or two letters counts where a field begins with it", async () => {
  const actor = await makeActor();
  await makeUser(actor, { firstName: "Bo", lastName: "Ek", email: "bo@example.org", userId: "1" });
  await makeUser(actor, { firstName: "Abbo", lastName: "Seek", email: "abbo@example.org", userId: "2" });
  assert.deepEqual(await findFirstNames(actor, { search: "bo" }), ["Bo"]);
  assert.deepEqual(await findFirstNames(actor, { search: "Ek" }), ["Bo"]);
  assert.deepEqual(await findFirstNames(actor, { search: "a" }), ["Abbo"]);
});

test("filters narrow by sessions, address, dates and metadata", async () => {
  const actor = await makeActor();
  const talker = await makeUser(actor, { firstName: "Talker", metadata: { plan: "gold", seats: 3 } });
  await makeUser(actor, { firstName: "Silent", email: "s@example.org", createdAt: new Date("2025-02-01T00:00:00Z") });
  const session = await makeSession(actor, { userUuid: talker.uuid, createdAt: new Date("2026-01-05T09:00:00Z") });
  await addTurns(session, "hello");
  assert.deepEqual(await findFirstNames(actor, { hasSessions: true }), ["Talker"]);
  assert.deepEqual(await findFirstNames(actor, { hasSessions: false }), ["Silent"]);
  assert.deepEqual(await findFirstNames(actor, { hasEmail: true }), ["Silent"]);
  assert.deepEqual(await findFirstNames(actor, { metadata: "plan=gold" }), ["Talker"]);
  assert.deepEqual(await findFirstNames(actor, { metadata: "seats=3" }), ["Talker"]);
  assert.deepEqual(await findFirstNames(actor, { metadata: "seats=4" }), []);
  assert.deepEqual(await findFirstNames(actor, { createdTo: new Date("2025-02-02T00:00:00Z") }), ["Silent"]);
  assert.deepEqual(await findFirstNames(actor, { activeFrom: new Date("2026-01-05T10:00:00Z") }), ["Talker"]);
  await assert.rejects(findFirstNames(actor, { metadata: "nonsense" }), { code: "invalid" });
});

test("every sort, in both directions, shows each user exactly once", async () => {
  const actor = await makeActor();
  for (let index = 0; index < 60; index += 1) {
    const firstName = index % 3 === 0 ? null : `N${index % 7}`;
    await makeUser(actor, {
      firstName,
      email: index % 2 ? `e${index % 5}@x.org` : null,
      createdAt: new Date(index % 4),
    });
  }
  for (const sort of USER_SORTS) {
    for (const direction of ["asc", "desc"] as const) {
      const pages = await Promise.all(
        [1, 2, 3].map((page) => listUsers(actor, makeUserList({ page, sort, direction }))),
      );
      assert.deepEqual(
        pages.map((page) => page.length),
        [25, 25, 10],
      );
      assert.equal(new Set(pages.flat().map((row) => row.uuid)).size, 60, `${sort} ${direction}`);
    }
  }
});

test("any page of a long list is the slice that stepping through it row by row would give", async () => {
  const actor = await makeActor();
  const count = 6_200;
  await db().$executeRaw`
    INSERT INTO users (project_uuid, uuid, user_id, email, first_name, subject_ref, created_at, updated_at)
    SELECT ${actor.projectUuid}::uuid, gen_random_uuid(), 'u' || n, 'e' || (n * 7919 % ${count}) || '@x.org', 'F' || (n % 50),
      gen_random_uuid(), '2026-01-01'::timestamptz + (n / 3) * interval '1 second', now()
    FROM generate_series(1, ${count}) n`;
  assert.equal(await countUsers(actor, NO_USER_FILTER), count);
  for (const sort of ["created", "email", "name"] as const) {
    const everything: string[] = [];
    for (let page = 1; page <= count / 100; page += 1) {
      const filter = { ...NO_USER_FILTER, createdFrom: new Date(0) };
      const rows = await listUsers(actor, makeUserList({ page, size: 100, sort, direction: "asc", filter }));
      everything.push(...rows.map((row) => row.uuid));
    }
    // The first deep read computes the anchors in the background; the assertions hold before and after.
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: Math.ceil(count / 50) + 1 }),
        fc.constantFrom("asc" as const, "desc" as const),
        async (page, direction) => {
          const rows = await listUsers(actor, makeUserList({ page, size: 50, sort, direction }));
          const ordered = direction === "asc" ? everything : everything.toReversed();
          assert.deepEqual(
            rows.map((row) => row.uuid),
            ordered.slice((page - 1) * 50, page * 50),
          );
        },
      ),
      { numRuns: 60 },
    );
  }
});

test("nothing of another project is listed or counted", async () => {
  const mine = await makeActor();
  await makeUser(await makeActor(), { firstName: "Foreign", email: "foreign@example.org" });
  assert.deepEqual(await findFirstNames(mine, { search: "foreign" }), []);
  assert.equal(await countUsers(mine, NO_USER_FILTER), 0);
});
