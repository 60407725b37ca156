import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "#e2e/fixtures.ts";
import { db } from "#lib/db/client.ts";
import { addTurns, makeSession } from "#prisma/factories.ts";

const THEMES = ["light", "dark"] as const;

async function listViolations(page: Page): Promise<string[]> {
  // Colours that are still fading would be measured half-way.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
  // Base UI's focus guards are empty spans that pass the focus on the moment they get it; nobody ever stays on one.
  const { violations: found } = await new AxeBuilder({ page })
    .exclude("[data-base-ui-focus-guard]")
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
}

for (const theme of THEMES) {
  test(`axe finds nothing on any page in the ${theme} theme`, async ({ page, context, signIn, product }) => {
    await context.addCookies([{ name: "lethe.theme", value: theme, url: product.url }]);
    await page.goto("/sign-in");
    expect(await listViolations(page), "sign-in").toEqual([]);
    const { actor } = await signIn("admin");
    const session = await makeSession(actor, { metadata: { channel: "web" } });
    await addTurns(session, "hello", "good day");
    const key = { name: "checkout", prefix: "lethe_abcdef", hash: Buffer.from(theme), scopes: ["read" as const] };
    await db().apiKey.create({ data: { ...key, projectUuid: actor.projectUuid } });
    const pages = [
      "/users",
      `/users/${session.userUuid}`,
      "/sessions",
      `/sessions/${session.uuid}`,
      "/audit",
      "/request-log",
    ];
    for (const path of [
      ...pages,
      "/reference",
      "/settings/operators",
      "/settings/api-keys",
      "/users?page=9",
      "/nowhere",
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading").first()).toBeVisible();
      expect.soft(await listViolations(page), path).toEqual([]);
    }
  });

  test(`axe finds nothing in what is remembered of a person in the ${theme} theme`, async ({
    page,
    context,
    signIn,
    product,
  }) => {
    await context.addCookies([{ name: "lethe.theme", value: theme, url: product.url }]);
    const { actor } = await signIn("admin");
    const session = await makeSession(actor);
    await addTurns(session, "I work at Acme.", "Noted.", "I no longer use Slack.");
    const where = { graphUuid: session.userUuid, processedAt: { not: null } };
    await expect.poll(() => db().episode.count({ where }), { timeout: 20_000 }).toBe(3);
    for (const [path, told] of [
      ["", /works at Acme/],
      ["/facts", /uses Slack/],
      ["/graph", /works at Acme/],
      ["/graph?as=table", /whose graph this is/],
      ["/summary", /Version 1/],
      ["/episodes", /no longer use Slack/],
    ] as const) {
      await page.goto(`/users/${session.userUuid}${path}`);
      await expect(page.getByText(told).first()).toBeVisible();
      expect.soft(await listViolations(page), path).toEqual([]);
    }
    await page.goto(`/users/${session.userUuid}/facts`);
    await page
      .getByRole("button", { name: /^Change/ })
      .first()
      .click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect.soft(await listViolations(page), "a fact's dialog").toEqual([]);
    await page.goto(`/sessions/${session.uuid}`);
    await page.getByRole("button", { name: "1 fact learned" }).first().click();
    await expect(page.getByRole("link", { name: "in the facts" })).toBeVisible();
    expect.soft(await listViolations(page), "what was learned from a message").toEqual([]);
  });

  test(`axe finds nothing in any dialog, menu or filter in the ${theme} theme`, async ({
    page,
    context,
    signIn,
    product,
  }) => {
    await context.addCookies([{ name: "lethe.theme", value: theme, url: product.url }]);
    const { actor } = await signIn("admin");
    const { userUuid } = await makeSession(actor);
    const openings: [path: string, button: string][] = [
      ["/users", "New user"],
      ["/users", "Columns"],
      ["/users", "Filter by Last activity"],
      ["/users", "Filter by Metadata"],
      [`/users/${userUuid}`, "Edit"],
      [`/users/${userUuid}`, "Delete"],
      ["/settings/operators", "Add operator"],
      ["/settings/api-keys", "New key"],
    ];
    for (const [path, name] of openings) {
      await page.goto(path);
      await page.getByRole("button", { name, exact: true }).first().click();
      await expect(page.locator("[role=dialog], [role=menu]").first()).toBeVisible();
      expect.soft(await listViolations(page), `${path} ${name}`).toEqual([]);
    }
  });
}

test("the main job is done with the keyboard alone", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  const session = await makeSession(actor, { sessionId: "by-keyboard" });
  await addTurns(session, "reached without a mouse");
  const { userId } = await db().user.findFirstOrThrow({ where: { uuid: session.userUuid } });
  await page.goto("/sessions");
  await expect(page.getByText("1 session", { exact: true })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("u");
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
  await expect(page.getByText("1 user", { exact: true })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type(userId);
  await expect(page.getByText("1 user", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Clear all" })).toBeVisible();
  await page.getByRole("textbox", { name: /Search name/ }).blur();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: userId })).toBeVisible();
  await page.keyboard.press("e");
  await expect(page.getByRole("dialog", { name: "Edit user" })).toBeVisible();
  await page.keyboard.type("Ada");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Ada" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "by-keyboard" })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);
  await expect(page.getByText("reached without a mouse")).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
});

test("on a phone nothing is wider than the screen, and the menu opens every place", async ({ page, signIn }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const { actor } = await signIn("admin");
  const session = await makeSession(actor);
  await addTurns(session, "hello");
  const paths = [
    "/users",
    `/users/${session.userUuid}`,
    `/users/${session.userUuid}/facts`,
    `/users/${session.userUuid}/graph`,
    `/users/${session.userUuid}/graph?as=table`,
    `/users/${session.userUuid}/summary`,
    `/users/${session.userUuid}/episodes`,
    `/sessions/${session.uuid}`,
    "/audit",
    "/request-log",
    "/reference",
    "/settings/operators",
  ];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
  }
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("link", { name: "Sessions" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sessions" })).toBeVisible();
  await expect(page.getByRole("dialog")).toBeHidden();
});
