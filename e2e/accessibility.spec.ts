import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "#e2e/fixtures.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { placeHold } from "#lib/privacy/holds/mutations.ts";
import { attestRequest } from "#lib/privacy/requests/review.ts";
import { createWebhook, tryWebhook } from "#lib/webhooks/mutations.ts";
import { addTurns, makeSession, makeUser } from "#prisma/factories.ts";
import { fileFor } from "#prisma/request-factories.ts";

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

interface Scene {
  page: Page;
  actor: Actor;
  session: Awaited<ReturnType<typeof makeSession>>;
}

/** A page as it is looked at: its address, what is done there first, and what shows that it is ready. */
interface Look {
  name: string;
  path: (scene: Scene) => string;
  prepare?: (scene: Scene) => Promise<void>;
  open?: (scene: Scene) => Promise<void>;
  ready: (page: Page) => Locator;
}

const heading = (page: Page) => page.getByRole("heading").first();
const layer = (page: Page) => page.locator("[role=dialog], [role=menu]").first();
const press = (name: string | RegExp) => async (scene: Scene) => {
  const exact = typeof name === "string";
  await scene.page.getByRole("button", { name, exact }).first().click();
};

/** Lets what was said be read, so that the pages of what is remembered have something to show. */
async function addRememberedTurns({ actor, session }: Scene): Promise<void> {
  await addTurns(session, "I work at Acme.", "Noted.", "I no longer use Slack.");
  const where = { projectUuid: actor.projectUuid, graphUuid: session.userUuid, processedAt: { not: null } };
  await expect.poll(() => db().episode.count({ where }), { timeout: 20_000 }).toBe(3);
}

async function addGreeting({ session }: Scene): Promise<void> {
  await addTurns(session, "hello", "good day");
}

/** Somebody who asks to be forgotten and of whom another has spoken, looked into. */
async function fileReviewed({ actor, session }: Scene): Promise<void> {
  const { userId } = await makeUser(actor, { firstName: "Erica", lastName: "Gone" });
  await addTurns(session, "Erica Gone told me about it.");
  await attestRequest(actor, { request: await fileFor(actor, userId), version: 1 });
}

async function makeApiKey({ actor, session }: Scene): Promise<void> {
  const key = { name: "checkout", prefix: "lethe_abcdef", hash: Buffer.from(session.uuid), scopes: ["read" as const] };
  await db().apiKey.create({ data: { ...key, projectUuid: actor.projectUuid } });
}

/** Somebody who was erased and is kept out, and somebody who is held. */
async function eraseSomebody({ actor, session }: Scene): Promise<void> {
  await db().project.update({ where: { uuid: actor.projectUuid }, data: { keepsOutDeleted: true } });
  await eraseUserById(actor, (await makeUser(actor)).userId);
  const { userId } = await db().user.findFirstOrThrow({ where: { uuid: session.userUuid } });
  await placeHold(actor, { userId, sessionId: "", matter: "Smith against Acme", reviewAt: "2030-01-31" });
}

/** A webhook that nothing listens behind, with something that was to be sent. */
async function makeWebhook({ actor }: Scene): Promise<void> {
  const { webhook } = await createWebhook(actor, { url: "http://127.0.0.1:9/hook", events: ["subject.erased"] });
  await tryWebhook(actor, { webhook });
}

const user = ({ session }: Scene) => `/users/${session.userUuid}`;
const transcript = ({ session }: Scene) => `/sessions/${session.uuid}`;

const LOOKS: Look[] = [
  ...["/users", "/sessions", "/audit", "/request-log", "/reference", "/account"].map((path) => ({
    name: path,
    path: () => path,
    ready: heading,
  })),
  ...["/settings/operators", "/settings/api-keys", "/users?page=9", "/nowhere"].map((path) => ({
    name: path,
    path: () => path,
    prepare: makeApiKey,
    ready: heading,
  })),
  ...[
    "/privacy/requests",
    "/privacy/policy",
    "/privacy/reports",
    "/privacy/proofs",
    "/privacy/deletion-list",
    "/privacy/requests/batch",
    "/privacy/receipts",
    "/privacy/suppression",
    "/privacy/holds",
    "/privacy/verify",
  ].map((path) => ({
    name: path,
    path: () => path,
    prepare: eraseSomebody,
    ready: heading,
  })),
  { name: "/settings/webhooks", path: () => "/settings/webhooks", prepare: makeWebhook, ready: heading },
  {
    name: "a webhook",
    path: () => "/settings/webhooks",
    prepare: makeWebhook,
    open: async ({ page }) => page.getByRole("link", { name: "http://127.0.0.1:9/hook" }).click(),
    ready: (page) => page.getByRole("table", { name: "Deliveries" }).or(page.getByText("webhook.tried")).first(),
  },
  {
    name: "a receipt",
    path: () => "/privacy/receipts",
    prepare: eraseSomebody,
    open: async ({ page }) => {
      await page
        .getByRole("row", { name: /a user/ })
        .getByRole("link")
        .click();
    },
    ready: (page) => page.getByRole("heading", { name: /^Receipt/ }),
  },
  {
    name: "a privacy request with a mention to decide on",
    path: () => "/privacy/requests",
    prepare: fileReviewed,
    open: async ({ page }) => {
      await page
        .getByRole("row", { name: /Erica Gone/ })
        .getByRole("link")
        .click();
    },
    ready: (page) => page.getByText("Decide what becomes of 1 mention."),
  },
  { name: "the page of a link", path: () => "/your-data#nothing", ready: (page) => page.getByRole("button") },
  { name: "a person", path: user, prepare: addGreeting, ready: heading },
  { name: "a conversation", path: transcript, prepare: addGreeting, ready: (page) => page.getByText("good day") },
  ...(
    [
      ["", /works at Acme/],
      ["/facts", /uses Slack/],
      ["/graph", /works at Acme/],
      ["/graph?as=table", /whose graph this is/],
      ["/summary", /Version 1/],
      ["/episodes", /no longer use Slack/],
    ] as const
  ).map(([part, shown]) => ({
    name: `what is remembered of a person ${part}`,
    path: (scene: Scene) => `${user(scene)}${part}`,
    prepare: addRememberedTurns,
    ready: (page: Page) => page.getByText(shown).first(),
  })),
  {
    name: "what a question recalls",
    path: (scene) => `${user(scene)}/recall`,
    prepare: addRememberedTurns,
    open: async ({ page }) => {
      await page.getByLabel("Question").fill("Where does she work?");
      await page.getByRole("button", { name: "Ask" }).click();
    },
    ready: (page) => page.getByText("FACTS and ENTITIES represent"),
  },
  {
    name: "what anybody said",
    path: () => "/search",
    prepare: addRememberedTurns,
    open: async ({ page }) => {
      await page.getByLabel("Words").fill("Slack");
      await page.getByRole("button", { name: "Search" }).click();
    },
    ready: (page) => page.locator("mark").first(),
  },
  {
    name: "how a message was read",
    path: transcript,
    prepare: addRememberedTurns,
    open: press("How it was read"),
    ready: (page) => page.getByText("known", { exact: true }).first(),
  },
  {
    name: "a fact's dialog",
    path: (scene) => `${user(scene)}/facts`,
    prepare: addRememberedTurns,
    open: press(/^Change/),
    ready: (page) => page.getByRole("dialog"),
  },
  {
    name: "what was learned from a message",
    path: transcript,
    prepare: addRememberedTurns,
    open: press("1 fact learned"),
    ready: (page) => page.getByRole("link", { name: "in the facts" }),
  },
  ...(
    [
      ["/users", "New user"],
      ["/users", "Columns"],
      ["/users", "Filter by Last activity"],
      ["/users", "Filter by Metadata"],
      ["/privacy/requests", "File a request"],
      ["/settings/operators", "Add operator"],
      ["/settings/api-keys", "New key"],
      ["/settings/webhooks", "New webhook"],
    ] as const
  ).map(([path, name]) => ({ name: `${path}: ${name}`, path: () => path, open: press(name), ready: layer })),
  ...["Edit", "Copy for them", "Delete"].map((name) => ({
    name: `a person: ${name}`,
    path: user,
    open: press(name),
    ready: layer,
  })),
];

for (const theme of THEMES) {
  test(`axe finds nothing where one signs in, in the ${theme} theme`, async ({ page, context, product }) => {
    await context.addCookies([{ name: "lethe.theme", value: theme, url: product.url }]);
    await page.goto("/sign-in");
    expect(await listViolations(page)).toEqual([]);
  });

  for (const look of LOOKS) {
    test(`axe finds nothing in the ${theme} theme: ${look.name}`, async ({ page, context, signIn, product }) => {
      await context.addCookies([{ name: "lethe.theme", value: theme, url: product.url }]);
      const { actor } = await signIn("admin");
      const scene = { page, actor, session: await makeSession(actor, { metadata: { channel: "web" } }) };
      await look.prepare?.(scene);
      await page.goto(look.path(scene));
      await look.open?.(scene);
      await expect(look.ready(page)).toBeVisible();
      expect(await listViolations(page)).toEqual([]);
    });
  }
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
  await page.keyboard.press("ArrowDown");
  // The rows are entered when those that were searched for are there; until then Enter is the search box's.
  await expect(page.getByRole("row", { name: userId }).getByRole("link").first()).toBeFocused();
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
    `/users/${session.userUuid}/recall`,
    `/sessions/${session.uuid}`,
    "/search",
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
