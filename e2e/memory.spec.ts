import type { Page } from "@playwright/test";
import { expect, test, watchForErrors } from "#e2e/fixtures.ts";
import { db } from "#lib/db/client.ts";
import { importRecords } from "#lib/transfer/mutations.ts";
import { RecordNamer } from "#lib/transfer/record-names.ts";
import { addTurns, makeOperator, makeSession, makeUser } from "#prisma/factories.ts";
import { makeSampleRecords } from "#prisma/sample.ts";

/** Reloads until the text is there, because an episode is read a moment after it was said. */
async function waitUntilShown(page: Page, text: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
}

test("what somebody says stands in their summary; a correction there changes facts, summary and what deletion leaves", async ({
  page,
  signIn,
}) => {
  const errors = watchForErrors(page);
  const { actor } = await signIn("privacy");
  const jane = await makeUser(actor, { firstName: "Jane", lastName: "Smith" });
  const session = await makeSession(actor, { userUuid: jane.uuid });
  await addTurns(session, "I work at Acme.", "Noted.", "I love sushi.");
  await page.goto(`/users/${jane.uuid}`);
  await waitUntilShown(page, "All 3 episodes read");
  const remembered = page.getByRole("region", { name: "What is remembered" });
  await expect(remembered).toContainText("works at Acme");

  await page.getByRole("link", { name: "Facts", exact: true }).click();
  await page.getByRole("button", { name: "Change: Jane Smith works at Acme" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What is so").fill("Jane Smith works at Globex");
  await dialog.getByRole("button", { name: "Correct it" }).click();
  await expect(page.getByRole("cell", { name: "Jane Smith works at Globex", exact: true })).toBeVisible();
  await expect(page.getByText("Jane Smith works at Acme")).toHaveCount(0);

  await page.getByRole("button", { name: "Change: Jane Smith likes sushi" }).click();
  await dialog.getByRole("button", { name: "Delete this fact …" }).click();
  await dialog.getByRole("button", { name: "Delete fact" }).click();
  await expect(page.getByRole("cell", { name: "Jane Smith likes sushi", exact: true })).toHaveCount(0);

  await page.getByRole("link", { name: "Overview" }).click();
  await expect(remembered).toContainText("works at Globex");
  await expect(remembered).not.toContainText(/Acme|sushi/);
  expect(errors).toEqual([]);
});

test("two names of the same are made one, and a name that nothing bears is told at the field", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("support");
  const jane = await makeUser(actor, { firstName: "Jane", lastName: "Smith" });
  await addTurns(
    await makeSession(actor, { userUuid: jane.uuid }),
    "I work at Acme.",
    "Noted.",
    "I use Acme Corporation.",
  );
  await page.goto(`/users/${jane.uuid}/facts`);
  await waitUntilShown(page, "Jane Smith uses Acme Corporation");
  await page.getByRole("button", { name: "Change: Jane Smith uses Acme Corporation" }).click();
  const same = page.getByLabel("Acme Corporation is the same as");
  await same.fill("Globex");
  await page.getByRole("button", { name: "Make them one" }).click();
  await expect(page.getByText("Nothing else here is called that.")).toBeVisible();
  await same.fill("acme");
  await page.getByRole("button", { name: "Make them one" }).click();
  await expect(page.getByRole("dialog", { name: "Change this fact" })).toHaveCount(0);
  const where = { projectUuid: actor.projectUuid, graphUuid: jane.uuid };
  const countNamed = () => db().node.count({ where: { ...where, name: { startsWith: "Acme" } } });
  expect(await countNamed()).toBe(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(countNamed).toBe(2);
});

test("what could not be read is told on the person's page and is read again when asked", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  const session = await makeSession(actor);
  await addTurns(session, "I live in Lisbon.");
  await page.goto(`/users/${session.userUuid}`);
  await waitUntilShown(page, "All 1 episode read");
  const where = { projectUuid: actor.projectUuid, graphUuid: session.userUuid };
  const failed = { processedAt: null, failedAt: new Date(), failure: "could not be read (TypeError)" };
  await db().episode.updateMany({ where, data: failed });
  await page.reload();
  await expect(page.getByText("1 episode could not be read")).toBeVisible();
  await page.getByRole("link", { name: "Episodes" }).click();
  await expect(page.getByText("could not be read (TypeError)")).toBeVisible();
  await page.goto(`/users/${session.userUuid}`);
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByText("1 episode could not be read")).toHaveCount(0);
  await waitUntilShown(page, "All 1 episode read");
  await expect(page.getByText("could not be read")).toHaveCount(0);
});

test("support corrects facts but deletes none, and a viewer sees nothing of what is remembered", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("support");
  const session = await makeSession(actor);
  await addTurns(session, "I live in Lisbon.");
  await page.goto(`/users/${session.userUuid}/facts`);
  await waitUntilShown(page, /lives in Lisbon/);
  await page.getByRole("button", { name: /^Change/ }).click();
  await expect(page.getByRole("button", { name: "Correct it" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Delete/ })).toHaveCount(0);
  await signIn("viewer", actor.projectUuid);
  await page.goto(`/users/${session.userUuid}`);
  await expect(page.getByRole("heading", { name: "Sessions" })).toBeVisible();
  await expect(page.getByText(/Lisbon/)).toHaveCount(0);
});

test("from the card a fact leads to why, is corrected and taken back by the keyboard alone", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("support");
  const jane = await makeUser(actor, { firstName: "Jane", lastName: "Smith" });
  const session = await makeSession(actor, { userUuid: jane.uuid });
  await addTurns(session, "I work at Acme. I wish I lived in Rome.");
  await page.goto(`/users/${jane.uuid}`);
  await waitUntilShown(page, "All 1 episode read");
  const remembered = page.getByRole("region", { name: "What is remembered" });
  await remembered.getByRole("link", { name: /works at Acme/ }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(remembered.getByRole("button", { name: "Change" })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Change this fact" });
  await dialog.getByRole("button", { name: "It was never so" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(remembered).not.toContainText("Acme");
  await page.getByRole("button", { name: "Undo" }).focus();
  await page.keyboard.press("Enter");
  await expect(remembered).toContainText("works at Acme");

  await page.goto(`/sessions/${session.uuid}`);
  await page.getByRole("button", { name: "How it was read" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Jane Smith works at Acme")).toBeVisible();
  await expect(page.getByText(/nothing known, nothing kept/)).toBeVisible();
});

test("a question shows what an application would be given, and forgetting a source changes it", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("privacy");
  const jane = await makeUser(actor, { firstName: "Jane", lastName: "Smith" });
  await addTurns(await makeSession(actor, { userUuid: jane.uuid }), "I work at Acme.", "Noted.", "I love sushi.");
  await page.goto(`/users/${jane.uuid}`);
  await waitUntilShown(page, "All 3 episodes read");
  const ask = async () => {
    await page.goto(`/users/${jane.uuid}/recall`);
    await page.getByLabel("Question").fill("Where does she work?");
    await page.getByRole("button", { name: "Ask" }).click();
    await expect(page.getByRole("region", { name: "Context block" })).toContainText("FACTS and ENTITIES");
  };
  await ask();
  await expect(page.getByRole("region", { name: "Turns" }).getByRole("listitem").first()).toContainText("its words");
  await expect(page.getByRole("region", { name: "Context block" })).toContainText("Jane Smith works at Acme");

  await page
    .getByRole("region", { name: "Known facts" })
    .getByRole("link", { name: /works at Acme/ })
    .click();
  await page.getByRole("button", { name: "Change: Jane Smith works at Acme" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Forget its source …" }).click();
  await expect(page.getByRole("dialog")).toContainText("I work at Acme.");
  await page.getByRole("dialog").getByRole("button", { name: "Forget 1 source" }).click();
  await expect(page.getByText(/^Forgotten: 1 source and 1 fact/)).toBeVisible();
  await ask();
  await expect(page.getByRole("main")).not.toContainText("Acme");
});

test("in ten seconds: what stands above the fold of a person's page tells work, home, family and account", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("support");
  const all = makeSampleRecords(new Date("2026-11-01T00:00:00Z"));
  const chiara = all.find((record) => record.type === "user" && record.firstName === "Chiara");
  const userId = chiara?.type === "user" ? chiara.userId : "";
  const sessions = all.filter((record) => record.type === "session" && record.userId === userId);
  const ids = new Set(sessions.flatMap((record) => (record.type === "session" ? record.sessionId : [])));
  const own = all.filter(
    (record) =>
      ("userId" in record && record.userId === userId) || (record.type === "message" && ids.has(record.sessionId)),
  );
  const { actor: writer } = await makeOperator("admin", { projectUuid: actor.projectUuid });
  await importRecords(
    writer,
    own.map((record, line) => ({ line, record })),
    new RecordNamer(),
  );
  const { uuid } = await db().user.findFirstOrThrow({ where: { projectUuid: actor.projectUuid, userId } });
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto(`/users/${uuid}`);
  await waitUntilShown(page, /All \d+ episodes read/);
  const remembered = page.getByRole("region", { name: "What is remembered" });
  for (const told of [
    /lives in Turku since .*, Hamburg before/,
    /works as a packaging designer at Casa Verde since/,
    /sister Johanna/,
    /cat Pixel/,
    /plan Team since .*, Plus before/,
  ]) {
    const line = remembered.getByText(told).first();
    await expect(line).toBeVisible();
    const box = await line.boundingBox();
    expect((box?.y ?? 720) + (box?.height ?? 0), String(told)).toBeLessThanOrEqual(720);
  }
  await expect(remembered).not.toContainText(/sleep|quitting/);
});

test("whoever reads transcripts searches what anybody said, and opens it where it was said", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("support");
  const jane = await makeUser(actor, { firstName: "Jane", lastName: "Smith" });
  await addTurns(await makeSession(actor, { userUuid: jane.uuid }), "The blue kettle leaks.", "A kettle was sent.");
  await page.goto("/users");
  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await expect(page.getByRole("heading", { level: 1, name: "Search" })).toBeVisible();
  await page.getByLabel("Words").fill("kettles");
  await page.getByLabel("Said by").selectOption("people");
  await page.getByLabel("Words").press("Enter");
  await expect(page.getByText("1 message, the latest first")).toBeVisible();
  await expect(page.locator("mark")).toHaveText("kettle");
  await expect(page).toHaveURL(/\/search$/);
  await page.getByLabel("Words").fill("of the");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("These words are in nearly every message.")).toBeVisible();
  await page.getByLabel("Words").fill("teapot");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("Nobody said this")).toBeVisible();
  await page.getByLabel("Words").fill('"blue kettle"');
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: "read it there" }).click();
  await expect(page.getByText("The blue kettle leaks.")).toBeVisible();
  await signIn("viewer", actor.projectUuid);
  await page.goto("/users");
  await expect(page.getByRole("link", { name: "Sessions" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Search", exact: true })).toHaveCount(0);
});
