import { expect, test } from "#e2e/fixtures.ts";
import { db } from "#lib/db/client.ts";
import { updateUser } from "#lib/users/mutations.ts";
import { addTurns, makeSession, makeUser } from "#prisma/factories.ts";

test("bad input is told at its field and changes nothing; what was typed stays", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  await makeUser(actor, { userId: "taken" });
  await page.goto("/users");
  await page.getByRole("button", { name: "New user" }).click();
  const dialog = page.getByRole("dialog");
  const attempts: [id: string, email: string, metadata: string, complaint: string][] = [
    ["", "", "{}", "Must not be empty."],
    ["..", "", "{}", 'Must not be "." or "..".'],
    ["taken", "", "{}", "There already is a user with this id."],
    ["new", "no address", "{}", "Must look like an e-mail address"],
    ["new", "", "{", "Not valid JSON"],
    ["new", "", "[1]", "Must be a JSON object."],
  ];
  for (const [id, email, metadata, complaint] of attempts) {
    await dialog.getByLabel("User ID").fill(id);
    await dialog.getByLabel("E-mail").fill(email);
    await dialog.getByLabel("Metadata").fill(metadata);
    await dialog.getByRole("button", { name: "Create user" }).click();
    await expect(dialog.getByText(complaint)).toBeVisible();
    await expect(dialog.getByLabel("Metadata")).toHaveValue(metadata);
  }
  expect(await db().user.count({ where: { projectUuid: actor.projectUuid } })).toBe(1);
});

test("ids of every odd shape work from creation to deletion", async ({ page, signIn }) => {
  await signIn("privacy");
  for (const userId of ["a/b?c=d#e", "100% @home & more", "🦊 fox", "שלום עולם", "x".repeat(500)]) {
    await page.goto("/users");
    await page.getByRole("button", { name: "New user" }).first().click();
    await page.getByLabel("User ID").fill(userId);
    await page.getByRole("button", { name: "Create user" }).click();
    await expect(page).toHaveURL(/\/users\/[0-9a-f-]{36}$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(userId);
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByLabel("Type the user ID to confirm").fill(userId);
    await page.getByRole("button", { name: "Delete user" }).click();
    await expect(page.getByText("They are no longer found")).toBeVisible();
  }
});

test("an edit overtaken by someone else's loses nothing and overwrites nothing unseen", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  const { uuid } = await makeUser(actor, { firstName: "Before", lastName: "Same" });
  await page.goto(`/users/${uuid}`);
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("First name").fill("Mine");
  await updateUser(actor, { uuid, version: 1, email: null, firstName: "Theirs", lastName: "Same", metadata: {} });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Someone else changed this record")).toBeVisible();
  await expect(page.getByText("Stored now: Theirs")).toBeVisible();
  await expect(page.getByLabel("First name")).toHaveValue("Mine");
  await page.getByRole("button", { name: "Save mine over it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mine Same" })).toBeVisible();
});

test("a deletion shows exactly what goes, asks for the id, and notices what came in between", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("privacy");
  const user = await makeUser(actor, { userId: "leaving" });
  const session = await makeSession(actor, { userUuid: user.uuid });
  await addTurns(session, "one", "two");
  await page.goto(`/users/${user.uuid}`);
  await page.getByRole("button", { name: "Delete" }).click();
  const expectPlanned = async (planned: Record<string, string>) => {
    for (const [title, rows] of Object.entries(planned)) {
      const line = page
        .getByRole("dialog")
        .locator("dl > div")
        .filter({ has: page.getByText(title, { exact: true }) });
      await expect(line.getByRole("definition"), title).toHaveText(rows);
    }
  };
  const planned = { "The record itself": "1", Sessions: "1", Messages: "2", "Episodes of the memory graph": "2" };
  await expectPlanned(planned);
  await page.getByLabel("Type the user ID to confirm").fill("leave");
  await page.getByRole("button", { name: "Delete user" }).click();
  await expect(page.getByText("This is not the user's id.")).toBeVisible();
  await addTurns(session, "three");
  await page.getByLabel("Type the user ID to confirm").fill("leaving");
  await page.getByRole("button", { name: "Delete user" }).click();
  await expect(page.getByText("Since you looked, this changed to 1 sessions and 3 messages")).toBeVisible();
  await page.getByRole("button", { name: "Count again" }).click();
  await expectPlanned({ ...planned, Messages: "3", "Episodes of the memory graph": "3" });
  await page.getByLabel("Type the user ID to confirm").fill("leaving");
  await page.getByRole("button", { name: "Delete user" }).click();
  await expect(
    page.getByText("Deleted: the user, 1 session, 3 messages, 3 episodes, 0 facts and 1 node."),
  ).toBeVisible();
  expect((await page.request.get(`/users/${user.uuid}`)).status()).toBe(404);
  expect((await page.request.get(`/sessions/${session.uuid}`)).status()).toBe(404);
});
