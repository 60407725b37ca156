import { readFile } from "node:fs/promises";
import { expect, test } from "#e2e/fixtures.ts";
import { db } from "#lib/db/client.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { addTurns, makeMessage, makeSession } from "#prisma/factories.ts";

test("ten thousand messages scroll from end to end with only a screenful in the document", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  const session = await makeSession(actor);
  const start = Date.parse("2026-01-01T00:00:00Z");
  const messages = Array.from({ length: 10_000 }, (_, n) =>
    makeMessage(`message number ${n}`, { createdAt: new Date(start + n * 600_000), role: n % 2 ? "Assistant" : "Ann" }),
  );
  await db().$transaction((tx) => appendMessages(tx, session, messages), { timeout: 60_000 });
  await page.goto(`/sessions/${session.uuid}`);
  const transcript = page.getByRole("region", { name: "Transcript" });
  await expect(transcript.getByText("message number 0", { exact: true })).toBeVisible();
  for (let step = 0; step < 12; step += 1) await transcript.evaluate((element) => element.scrollBy(0, 80_000));
  await transcript.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(transcript.getByText("message number 9999", { exact: true })).toBeVisible();
  expect(await transcript.getByRole("article").count()).toBeLessThan(60);

  await page.getByRole("searchbox").fill("number 4321");
  await expect(page.getByText("1 of 1", { exact: true })).toBeVisible();
  await expect(transcript.getByText("message number 4321", { exact: true })).toBeInViewport();
});

test("days and long silences are visible, hits can be walked through, and a link leads to one message", async ({
  page,
  context,
  signIn,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { actor } = await signIn("privacy");
  const session = await makeSession(actor);
  await addTurns(session, "I live in Málaga", "Lovely", "malaga is warm");
  const later = makeMessage("Back again", { createdAt: new Date("2026-01-08T10:00:00Z") });
  await db().$transaction((tx) => appendMessages(tx, session, [later]));
  await page.goto(`/sessions/${session.uuid}`);
  await expect(page.getByText("Monday, 5 January 2026 UTC")).toBeVisible();
  await expect(page.getByText("Thursday, 8 January 2026 UTC")).toBeVisible();
  await expect(page.getByText("3 days later")).toBeVisible();

  await page.keyboard.press("/");
  await page.keyboard.type("MALAGA");
  await expect(page.getByText("1 of 2")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("2 of 2")).toBeVisible();
  await expect(page.locator("mark")).toHaveText(["Málaga", "malaga"]);
  expect(page.url().toLowerCase()).not.toContain("malaga");

  const message = page.getByRole("article").filter({ hasText: "Lovely" });
  await message.hover();
  await message.getByRole("button", { name: "Copy link to this message" }).click();
  await expect(message.getByText("Copied")).toBeVisible();
  await page.goto(await page.evaluate(() => navigator.clipboard.readText()));
  await expect(page.getByRole("article").filter({ hasText: "Lovely" })).toHaveAttribute("aria-current", "true");

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download JSON" }).click();
  const file = JSON.parse(await readFile(await (await download).path(), "utf8"));
  expect(file.messages.map((said: { content: string }) => said.content)).toEqual([
    "I live in Málaga",
    "Lovely",
    "malaga is warm",
    "Back again",
  ]);
  const exported = await db().auditEvent.count({
    where: { projectUuid: actor.projectUuid, action: "transcript.exported" },
  });
  expect(exported).toBe(1);
});

test("deleting a session removes it and its messages and leaves the person", async ({ page, signIn }) => {
  const { actor } = await signIn("privacy");
  const session = await makeSession(actor);
  await addTurns(session, "one", "two");
  await page.goto(`/sessions/${session.uuid}`);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete session and 2 messages" }).click();
  await expect(page).toHaveURL(new RegExp(`/users/${session.userUuid}`));
  await expect(page.getByRole("heading", { name: "No sessions yet" })).toBeVisible();
  expect(await db().message.count({ where: { projectUuid: actor.projectUuid } })).toBe(0);
});

test("one message is deleted, with what rested on it alone, and the others stay", async ({ page, signIn }) => {
  const { actor } = await signIn("privacy");
  const session = await makeSession(actor);
  await addTurns(session, "I live in Ghent.", "Nice.", "I work at Acme.");
  await page.goto(`/sessions/${session.uuid}`);
  const message = page.getByRole("article").filter({ hasText: "I live in Ghent." });
  await message.hover();
  await message.getByRole("button", { name: "Delete this message" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete message" }).click();
  await expect(page.getByText(/^Deleted: the message/)).toBeVisible();
  await expect(page.getByText("I live in Ghent.")).toBeHidden();
  await expect(page.getByText("I work at Acme.")).toBeVisible();
  expect(await db().message.count({ where: { projectUuid: actor.projectUuid } })).toBe(2);
  await signIn("support", actor.projectUuid);
  await page.reload();
  await expect(page.getByText("I work at Acme.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete this message" })).toHaveCount(0);
});

test("a secret is masked until somebody asks who may see it, and that is recorded", async ({ page, signIn }) => {
  const said = "my password is hunter2 and I live in Porto";
  const open = async (role: "support" | "privacy") => {
    const { actor } = await signIn(role);
    const session = await makeSession(actor);
    await addTurns(session, said);
    const answer = await page.goto(`/sessions/${session.uuid}`);
    expect(await answer?.text()).not.toContain("hunter2");
    await expect(page.getByText("my password is •••••• and I live in Porto")).toBeVisible();
    return actor;
  };
  await open("support");
  await expect(page.getByRole("button", { name: "Show what is masked" })).toHaveCount(0);
  await page.context().clearCookies();

  const { projectUuid } = await open("privacy");
  await page.getByRole("button", { name: "Show what is masked" }).click();
  await expect(page.getByText(said)).toBeVisible();
  const seen = await db().auditEvent.findMany({ where: { projectUuid, action: "message.revealed" } });
  expect(seen.map(({ outcome }) => outcome)).toEqual(["done"]);
  expect(JSON.stringify(seen.map(({ data }) => data))).not.toContain("hunter2");
  await page.getByRole("button", { name: "Mask again" }).click();
  await expect(page.getByText(said)).toHaveCount(0);
});
