import { DESTINATIONS } from "#app/(console)/shell/navigation.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { listAllPermissions, listPermissions, PAGES, ROLES } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { fileRequest } from "#lib/privacy/requests/file.ts";
import { addTurns, makeOperator, makeProject, makeSession, makeUser } from "#prisma/factories.ts";

const pages = Object.entries(PAGES);

for (const role of ROLES) {
  test(`${role}: every page and its data open or answer 403 as the permission table says`, async ({ page, signIn }) => {
    const { actor } = await signIn(role);
    const session = await makeSession(actor);
    await addTurns(session, "words only some may read");
    const { receipt } = await eraseUserById(
      (await makeOperator("privacy", actor)).actor,
      (await makeUser(actor)).userId,
    );
    const { request } = await fileRequest((await makeOperator("privacy", actor)).actor, {
      ...{ type: "erasure", law: "gdpr", channel: "email", identifier: "nobody", contact: "", externalRef: "" },
      receivedAt: new Date(),
      keepsOut: false,
    });
    for (const [route, permission] of pages) {
      const ids = {
        users: session.userUuid,
        sessions: session.uuid,
        "privacy/receipts": receipt,
        "privacy/requests": request,
      };
      const id = Object.entries(ids).find(([domain]) => route.startsWith(`/${domain}/`))?.[1] ?? "";
      const path = route.replace("[id]", id);
      const allowed = listPermissions([role]).has(permission);
      const answer = await page.request.get(path);
      expect(answer.status(), `${role} ${path}`).toBe(allowed ? 200 : 403);
      if (!allowed) expect(await answer.text()).not.toContain("words only some may read");
    }
    const mayRead = listPermissions([role]).has("transcripts:read");
    const data = await page.request.get(`/sessions/${session.uuid}/messages?window=0`);
    expect(data.status()).toBe(mayRead ? 200 : 403);
    expect((await data.text()).includes("words only some may read")).toBe(mayRead);
    const refused = pages.filter(([, permission]) => !listPermissions([role]).has(permission)).length;
    const noted = await db().auditEvent.count({
      where: { projectUuid: actor.projectUuid, action: "access.refused", outcome: "refused" },
    });
    expect(noted).toBe(refused + (mayRead ? 0 : 1));
  });

  test(`${role}: the console offers exactly what the role may do`, async ({ page, signIn }) => {
    const { actor } = await signIn(role);
    const session = await makeSession(actor);
    const may = listPermissions([role]);
    const findButton = (name: string) => page.getByRole("button", { name, exact: true });
    await page.goto(`/users/${session.userUuid}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(findButton("Edit")).toHaveCount(may.has("users:write") ? 1 : 0);
    await expect(findButton("Delete")).toHaveCount(may.has("users:erase") ? 1 : 0);
    const links = page.getByRole("navigation", { name: "Main" }).getByRole("link");
    const expected = DESTINATIONS.filter(({ permission }) => may.has(permission)).length;
    await expect(links).toHaveCount(expected);
  });
}

test("an action replayed with a lesser role's sign-in is refused, noted, and changes nothing", async ({
  page,
  signIn,
}) => {
  const project = await makeProject();
  const { actor } = await signIn("admin", project.uuid);
  const session = await makeSession(actor);
  await page.goto(`/users/${session.userUuid}`);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("First name").fill("Changed by admin");
  const sent = page.waitForRequest((request) => request.method() === "POST" && "next-action" in request.headers());
  await page.getByRole("button", { name: "Save" }).click();
  const request = await sent;
  await expect(page.getByRole("heading", { level: 1, name: "Changed by admin" })).toBeVisible();

  await signIn("viewer", project.uuid);
  const body = (request.postData() ?? "").replace("Changed by admin", "Changed by viewer");
  const { "next-action": action = "", "content-type": type = "", accept = "" } = request.headers();
  const answer = await page.request.post(request.url(), {
    data: body,
    headers: { "next-action": action, "content-type": type, accept },
  });
  expect(await answer.text()).toContain('"forbidden"');
  const user = await db().user.findFirst({ where: { uuid: session.userUuid } });
  expect(user?.firstName).toBe("Changed by admin");
  const noted = await db().auditEvent.findFirst({ where: { projectUuid: project.uuid, action: "access.refused" } });
  expect(noted?.data).toEqual({ permission: "users:write" });
});

test("what belongs to another project does not exist here", async ({ page, signIn }) => {
  const { actor } = await signIn("admin");
  const foreign = await makeSession(actor);
  await signIn("admin");
  for (const path of [
    `/users/${foreign.userUuid}`,
    `/sessions/${foreign.uuid}`,
    `/sessions/${foreign.uuid}/messages?window=0`,
  ]) {
    expect((await page.request.get(path)).status(), path).toBe(404);
  }
});

test("strangers are sent to sign in, and data is refused", async ({ page, product }) => {
  await page.goto("/users");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  for (const path of ["/users/rows", "/users/total", "/sessions/rows", "/audit/rows"]) {
    expect((await page.request.get(`${product.url}${path}`)).status(), path).toBe(401);
  }
  expect(listAllPermissions().length).toBeGreaterThan(0);
});
