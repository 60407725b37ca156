import { expect, test } from "#e2e/fixtures.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { addTurns, makeSession, makeUser } from "#prisma/factories.ts";

async function addPeople(actor: Actor, count: number): Promise<void> {
  const first = Date.parse("2026-01-01T00:00:00Z");
  await db().user.createMany({
    data: Array.from({ length: count }, (_, index) => ({
      projectUuid: actor.projectUuid,
      userId: `person-${String(index).padStart(4, "0")}`,
      firstName: `Given${String(index).padStart(4, "0")}`,
      email: index % 2 ? `p${index}@example.org` : null,
      createdAt: new Date(first + index * 60_000),
    })),
  });
}

test("the view lives in the URL: Back, reload and a pasted link restore it, and it carries no personal data", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("support");
  await addPeople(actor, 180);
  await page.goto("/users");
  await expect(page.getByRole("link", { name: "Given0179" })).toBeVisible();
  await expect(page.getByText("180 users")).toBeVisible();

  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page.getByRole("link", { name: "Given0129" })).toBeVisible();
  await page.getByRole("button", { name: "Name", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByRole("link", { name: "Given0000" })).toBeVisible();
  await page.getByRole("textbox", { name: "Page" }).fill("4");
  await page.getByRole("textbox", { name: "Page" }).press("Enter");
  await expect(page.getByRole("link", { name: "Given0179" })).toBeVisible();
  await expect(page.getByText("151–180 of")).toBeVisible();

  await page.goBack();
  await expect(page.getByText("1–50 of")).toBeVisible();
  await page.goForward();
  await expect(page.getByText("151–180 of")).toBeVisible();

  await page.getByRole("textbox", { name: /Search name/ }).fill("given017");
  await expect(page.getByText("10 users")).toBeVisible();
  const pasted = page.url();
  expect(pasted.toLowerCase()).not.toContain("given");
  await page.goto("/sessions");
  await page.goto(pasted);
  await expect(page.getByText("10 users")).toBeVisible();
  await expect(page.getByRole("textbox", { name: /Search name/ })).toHaveValue("given017");
});

test("filters and hidden columns work and stay", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  await addPeople(actor, 6);
  const talker = await makeUser(actor, { firstName: "Talker", metadata: { plan: "gold" } });
  await addTurns(await makeSession(actor, { userUuid: talker.uuid }), "hello");
  await page.goto("/users");
  await page.getByRole("button", { name: "Filter by Has sessions" }).click();
  await page.getByRole("button", { name: "Yes" }).click();
  await expect(page.getByText("1 user", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Clear filter Has sessions" }).click();
  await expect(page.getByText("7 users")).toBeVisible();

  await page.getByRole("button", { name: "Filter by Metadata" }).click();
  await page.getByRole("textbox", { name: "Metadata" }).fill("plan=gold");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("1 user", { exact: true })).toBeVisible();
  expect(page.url()).not.toContain("gold");
  await page.getByRole("button", { name: "Clear all" }).click();

  await page.getByRole("button", { name: "Filter by Created" }).click();
  await page.getByLabel("To, that day included").fill("2026-01-01");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("6 users")).toBeVisible();

  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "User ID" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("columnheader", { name: "User ID" })).toBeHidden();
  await page.goto("/users");
  await expect(page.getByRole("columnheader", { name: "Name" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "User ID" })).toBeHidden();
});

test("nobody yet and nobody matches are different answers, each with a way on", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  await page.goto("/users");
  await expect(page.getByRole("heading", { name: "Nobody is remembered yet" })).toBeVisible();
  await addPeople(actor, 1);
  await page.reload();
  await page.getByRole("textbox", { name: /Search name/ }).fill("nobody by this name");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await page.getByRole("button", { name: "Clear search and filters" }).click();
  await expect(page.getByRole("link", { name: "Given0000" })).toBeVisible();
  await page.goto("/users?page=77");
  await expect(page.getByRole("heading", { name: "Past the end" })).toBeVisible();
});

test("several people are exported and deleted, and each one's outcome is told", async ({ page, signIn }) => {
  const { actor } = await signIn("privacy");
  await addPeople(actor, 3);
  const [gone] = await db().user.findMany({ where: { projectUuid: actor.projectUuid }, orderBy: { userId: "asc" } });
  await page.goto("/users");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await expect(page.getByText("3 selected")).toBeVisible();

  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save file with 3 users" }).click();
  expect((await download).suggestedFilename()).toBe("lethe-users.jsonl");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("This removes 3 users, 0 sessions and 0 messages")).toBeVisible();
  await db().user.delete({ where: { projectUuid_uuid: { projectUuid: actor.projectUuid, uuid: gone?.uuid ?? "" } } });
  await page.getByLabel("Type 3 to confirm").fill("3");
  await page.getByRole("button", { name: "Delete 3 users" }).click();
  await expect(page.getByText("There is no such user")).toHaveCount(1);
  await page.getByRole("button", { name: "Close, 2 deleted" }).click();
  await expect(page.getByRole("heading", { name: "Nobody is remembered yet" })).toBeVisible();
});

test("a list that cannot be read says so and offers a way out", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  await addPeople(actor, 60);
  await page.goto("/users");
  await expect(page.getByText("60 users")).toBeVisible();
  await page.route("**/users/rows?**", (route) => route.abort());
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "cannot be reached" })).toBeVisible();
  await page.unroute("**/users/rows?**");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("51–60 of")).toBeVisible();
});

test("a link that is followed right after a change of the view is followed all the same", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  const ada = await makeUser(actor, { firstName: "Ada", lastName: "Stone" });
  await page.goto("/users");
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const find = (selector: string, text: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)]
        .find((element) => element.textContent?.trim() === text)
        ?.click();
    find("th button", "Name");
    find("td a", "Ada Stone");
  });
  await expect(page).toHaveURL(new RegExp(`/users/${ada.uuid}`));
});
