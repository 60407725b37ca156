import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/fixtures.ts";
import { hashPassword } from "#lib/auth/password.ts";
import { db } from "#lib/db/client.ts";
import { signInWithPassword } from "#lib/sign-in/sign-in.ts";
import { addTurns, type MadeOperator, makeGraph, makeOperator, makeSession, makeUser } from "#prisma/factories.ts";

/** What a table tells of itself: the first rows, how many there are in all, and whether anything is selected. */
async function readTable(page: Page) {
  const table = page.getByRole("region", { name: /, table$/ }).first();
  await expect(table).toHaveAttribute("aria-busy", "false");
  return {
    rows: (await table.getByRole("row").allInnerTexts()).slice(0, 4).map((row) => row.replaceAll(/\s+/g, " ")),
    total: await page.getByRole("navigation", { name: "Pages" }).getByRole("status").textContent(),
    url: page.url(),
  };
}

async function leaveAndReturn(page: Page): Promise<void> {
  await page.getByRole("link", { name: "API keys" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "API keys" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
}

async function fillProject({ actor }: MadeOperator): Promise<{ user: string }> {
  const user = await makeUser(actor, { firstName: "Zoë", userId: "zoe" });
  const { projectUuid } = actor;
  const names = Array.from({ length: 60 }, (_, index) => `other-${index}`);
  await db().user.createMany({ data: names.map((userId) => ({ projectUuid, userId })) });
  await db().session.createMany({
    data: names.map((sessionId) => ({ projectUuid, userUuid: user.uuid, sessionId })),
  });
  await makeGraph(actor, user.uuid, 60);
  const key = await db().apiKey.create({
    data: { projectUuid, name: "shop", prefix: "lethe_x", hash: Buffer.from(user.uuid), scopes: ["read"] },
  });
  const line = { projectUuid, apiKeyUuid: key.uuid, method: "GET", duration: 1, at: new Date() };
  await db().apiRequest.createMany({
    data: names.map((_, index) => ({ ...line, route: "/users", status: index === 0 ? 404 : 200 })),
  });
  await db().auditEvent.createMany({
    data: names.map((_, index) => ({
      projectUuid,
      actorKind: "operator" as const,
      action: "user.updated",
      at: new Date(Date.now() - index * 60_000),
    })),
  });
  return { user: user.uuid };
}

const TABLES: [name: string, path: (user: string) => string, narrow: (page: Page) => Promise<void>][] = [
  ["users", () => "/users", (page) => page.getByRole("textbox", { name: /Search name/ }).fill("zoe")],
  ["sessions", () => "/sessions", (page) => page.getByRole("button", { name: "Next page" }).click()],
  [
    "a person's sessions",
    (user) => `/users/${user}`,
    (page) => page.getByRole("textbox", { name: /Search session/ }).fill("other-7"),
  ],
  [
    "facts",
    (user) => `/users/${user}/facts`,
    (page) => page.getByRole("textbox", { name: "Search facts" }).fill("Node 12"),
  ],
  ["audit events", () => "/audit", (page) => page.getByRole("button", { name: "Next page" }).click()],
  [
    "API requests",
    () => "/request-log",
    async (page) => {
      await page.getByRole("button", { name: "Filter by Outcome" }).click();
      await page.getByRole("dialog").getByRole("button").nth(1).click();
    },
  ],
];

for (const [name, path, narrow] of TABLES) {
  test(`after leaving and Back the table of ${name} shows what its address says`, async ({ page, signIn }) => {
    const { user } = await fillProject(await signIn("admin"));
    await page.goto(path(user));
    const before = await readTable(page);
    await narrow(page);
    await expect(async () => {
      const now = await readTable(page);
      expect(now.url).not.toBe(before.url);
      expect(now.rows).not.toEqual(before.rows);
    }).toPass();
    const narrowed = await readTable(page);
    await leaveAndReturn(page);
    await expect(async () => expect(await readTable(page)).toEqual(narrowed)).toPass({ timeout: 5_000 });
  });
}

test("other filters end a selection; paging and sorting keep it", async ({ page, signIn }) => {
  await fillProject(await signIn("privacy"));
  await page.goto("/users");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(page.getByText("50 selected")).toBeVisible();
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page.getByText("51–61 of")).toBeVisible();
  await page.getByRole("button", { name: "Name", exact: true }).click();
  await expect(page.getByText("50 selected")).toBeVisible();
  await page.getByRole("textbox", { name: /Search name/ }).fill("zoe");
  await expect(page.getByText("1 user", { exact: true })).toBeVisible();
  await expect(page.getByText(/\d selected/)).toHaveCount(0);
});

test("from the search box three keys open what was found, and the arrows and Escape do as one expects", async ({
  page,
  signIn,
}) => {
  const { user } = await fillProject(await signIn("support"));
  await page.goto("/users");
  await page.keyboard.press("/");
  await page.keyboard.type("zo");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Zoë" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/users/${user}`);
  await page.goto("/users");
  const box = page.getByRole("textbox", { name: /Search name/ });
  await box.focus();
  await page.keyboard.press("ArrowDown");
  const links = page.locator("[data-row-link]");
  await expect(links.first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(links.first()).toBeFocused();
  await box.fill("zoe");
  await box.press("Escape");
  await expect(box).not.toBeFocused();
  await expect(box).toHaveValue("zoe");
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "Zoë" })).toBeFocused();
});

test("typing moves nothing: the table stands where it stood", async ({ page, signIn }) => {
  await fillProject(await signIn("support"));
  for (const width of [1360, 1100, 900, 390]) {
    await page.setViewportSize({ width, height: 860 });
    await page.goto("/users");
    const readTableTop = async () => (await page.getByRole("region", { name: "Users, table" }).boundingBox())?.y;
    const before = await readTableTop();
    await page.getByRole("textbox", { name: /Search name/ }).fill("z");
    await expect(page.getByText("1 user", { exact: true })).toBeVisible();
    expect(await readTableTop(), `at ${width} px`).toBe(before);
  }
});

test("the field that an action opens has the focus, and its letters are text", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  const user = await makeUser(actor, { firstName: "Zoë" });
  await makeGraph(actor, user.uuid, 8);
  await page.goto(`/users/${user.uuid}/graph?as=table`);
  const shown = page.getByRole("status").filter({ hasText: "nodes" });
  await expect(shown).toContainText("9 nodes");
  await page.getByRole("button", { name: "Path to …" }).click();
  await expect(page.getByRole("combobox", { name: "Find the other end" })).toBeFocused();
  await page.keyboard.type("hth");
  await expect(page.getByRole("combobox", { name: "Find the other end" })).toHaveValue("hth");
  // Elsewhere on the page, too, keys are no commands while the field is open.
  await page.locator("h1").click();
  await page.keyboard.press("t");
  await expect(page).toHaveURL(/as=table/);
  await page.getByRole("combobox", { name: "Find the other end" }).press("Escape");
  await expect(page.getByRole("button", { name: "Path to …" })).toBeFocused();
});

test("deleting a fact asks, says what went, keeps the focus and names the kind in the trail", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("privacy");
  const session = await makeSession(actor);
  await addTurns(session, "I live in Lisbon.", "Noted.", "I love sushi.");
  const where = { graphUuid: session.userUuid, processedAt: { not: null } };
  await expect.poll(() => db().episode.count({ where }), { timeout: 20_000 }).toBe(3);
  await page.goto(`/users/${session.userUuid}/facts`);
  await page.getByRole("button", { name: /^Change: .*Lisbon/ }).click();
  await page.getByRole("button", { name: "Delete this fact …" }).click();
  await expect(page.getByRole("button", { name: "Keep it" })).toBeFocused();
  expect(await db().edge.count({ where: { graphUuid: session.userUuid } })).toBe(2);
  await page.getByRole("button", { name: "Delete fact" }).click();
  await expect(page.getByText("Deleted: one fact (lives in)")).toBeVisible();
  await expect(page.getByRole("cell", { name: /lives in Lisbon/ })).toHaveCount(0);
  await expect(page.getByRole("row", { name: /sushi/ }).locator(":focus")).toHaveCount(1);
  const event = await db().auditEvent.findFirstOrThrow({
    where: { projectUuid: actor.projectUuid, action: "fact.erased" },
  });
  expect(event.data).toEqual({ facts: 1, relation: "LIVES_IN", sources: ["message"] });
  await page.goto("/audit");
  await expect(page.getByRole("row", { name: /erased a fact/ })).toContainText("lives in · drawn from a message");
});

test("a password that was handed over opens nothing but the choice of one's own", async ({ page, product }) => {
  const passwordHash = await hashPassword("handed over on paper");
  const { email, uuid, projectUuid } = await makeOperator("admin", { passwordHash });
  await db().operator.update({ where: { uuid }, data: { passwordTemporary: true } });
  await page.goto("/sessions");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("handed over on paper");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Choose your own password" })).toBeVisible();
  expect((await page.request.get("/users/rows")).status()).toBe(403);
  await page.getByLabel("Present password").fill("handed over on paper");
  await page.getByLabel("New password", { exact: true }).fill("my own long password");
  await page.getByLabel("New password again").fill("my own lung password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Is not the same as the new password.")).toBeVisible();
  await page.getByLabel("New password again").fill("my own long password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  expect(await db().auditEvent.count({ where: { projectUuid, action: "access.refused" } })).toBe(0);

  // Signing out ends it on the server: the cookie that was kept opens nothing, and is not renewed.
  const cookies = await page.context().cookies();
  await page.getByRole("button", { name: /admin/ }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await page.context().addCookies(cookies);
  expect((await page.request.get(`${product.url}/users/rows`)).status()).toBe(401);
  expect(await db().signIn.count({ where: { operatorUuid: uuid } })).toBe(0);
});

test("a stranger's guesses do not hold up a browser that has signed in before", async ({ page, context }) => {
  const passwordHash = await hashPassword("the right password");
  const { email } = await makeOperator("support", { passwordHash });
  const signIn = async (password: string) => {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  await page.goto("/users");
  await signIn("the right password");
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  // Strangers have to wait for a minute, so that the test need not be quick.
  for (let guesses = 0; guesses < 6; guesses += 1)
    await signInWithPassword({ email, password: "a guess", knownBrowser: null }).catch(() => null);
  await db().signInWait.updateMany({ data: { nextAt: new Date(Date.now() + 60_000) } });
  await context.clearCookies({ name: "lethe.sign-in" });
  await page.goto("/users");
  await signIn("the right password");
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await context.clearCookies();
  await page.goto("/users");
  await signIn("the right password");
  await expect(page.getByRole("alert").filter({ hasText: /Too many attempts. Try again in \d+ s/ })).toBeVisible();
});

for (const width of [1360, 390])
  test(`an unbroken name keeps the page in its frame at ${width} px`, async ({ page, signIn }) => {
    const { actor } = await signIn("support");
    const user = await makeUser(actor, { firstName: "Ada", lastName: "x".repeat(120) });
    const session = await makeSession(actor, { userUuid: user.uuid });
    await addTurns(session, "I live in Lisbon.");
    await page.setViewportSize({ width, height: 860 });
    for (const path of ["/users", `/users/${user.uuid}`, `/users/${user.uuid}/facts`, `/sessions/${session.uuid}`]) {
      await page.goto(path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide, path).toBeLessThanOrEqual(0);
    }
  });

test("on a phone every row shows its actions, and every tab is whole", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  const session = await makeSession(actor);
  await addTurns(session, "I live in Lisbon.");
  const where = { graphUuid: session.userUuid, processedAt: { not: null } };
  await expect.poll(() => db().episode.count({ where }), { timeout: 20_000 }).toBe(1);
  await page.setViewportSize({ width: 390, height: 860 });
  await page.goto(`/users/${session.userUuid}/facts`);
  await expect(page.getByRole("button", { name: /^Change: .*Lisbon/ })).toBeInViewport({ ratio: 1 });
  const tabs = page.getByRole("navigation", { name: "About this user" });
  await expect(tabs.getByRole("link", { name: "Episodes" })).toBeInViewport({ ratio: 1 });
});

test("an address that leads nowhere keeps the navigation around it", async ({ page, signIn }) => {
  await signIn("support");
  for (const path of ["/nope", "/reference", "/users/not-a-uuid"]) {
    await page.goto(path);
    await expect(page.getByRole("navigation", { name: "Main" }), path).toBeVisible();
  }
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("list")).toHaveCount(1);
});

const DIALOGS: [opener: string, path: string][] = [
  ["New user", "/users"],
  ["Edit", "/users/[user]"],
  ["Delete", "/users/[user]"],
  ["Delete", "/sessions/[session]"],
  ["Add operator", "/settings/operators"],
  ["New key", "/settings/api-keys"],
];

for (const [opener, path] of DIALOGS)
  test(`the dialog that “${opener}” opens at ${path} has a way out beside the cross`, async ({ page, signIn }) => {
    const { actor } = await signIn("admin");
    const { uuid, userUuid } = await makeSession(actor);
    await page.goto(path.replace("[user]", userUuid).replace("[session]", uuid));
    await page.getByRole("button", { name: opener, exact: true }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /^(Cancel|Keep|Discard)$/ }).click();
    await expect(dialog).toHaveCount(0);
  });

test("what people did stands before what applications do, and is found by person", async ({ page, signIn }) => {
  const { actor } = await signIn("privacy");
  const { projectUuid } = actor;
  const [ada, bob] = [await makeUser(actor, { firstName: "Ada" }), await makeUser(actor, { firstName: "Bob" })];
  const makeEventAbout = (user: { subjectRef: string }) => ({
    projectUuid,
    action: "user.updated",
    subjectRef: user.subjectRef,
  });
  await db().auditEvent.createMany({
    data: [
      { ...makeEventAbout(ada), actorKind: "operator", actorUuid: actor.uuid },
      { ...makeEventAbout(bob), actorKind: "operator", actorUuid: actor.uuid },
      ...Array.from({ length: 60 }, () => ({ projectUuid, action: "messages.added", actorKind: "api_key" as const })),
    ],
  });
  await page.goto("/audit");
  await expect(page.getByText("2 events", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Applications" }).click();
  await expect(page.getByText("60 events", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "All", exact: true }).click();
  await expect(page.getByText("62 events", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Filter by Person" }).click();
  await page.getByRole("textbox", { name: "Person" }).fill("ada");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("1 event", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: ada.userId })).toBeVisible();
});

test("from one conversation the way leads to the one before and the one after", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  const user = await makeUser(actor);
  for (const day of ["01", "02", "03"])
    await makeSession(actor, { userUuid: user.uuid, sessionId: `talk-${day}`, createdAt: new Date(`2026-01-${day}`) });
  const { uuid } = await db().session.findFirstOrThrow({
    where: { projectUuid: actor.projectUuid, sessionId: "talk-02" },
  });
  await page.goto(`/sessions/${uuid}`);
  await page.getByRole("link", { name: "Previous session" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "talk-01" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Previous session" })).toHaveCount(0);
  await page.getByRole("link", { name: "Next session" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "talk-02" })).toBeVisible();
});
