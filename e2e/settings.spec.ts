import { createHash } from "node:crypto";
import { expect, test } from "#e2e/fixtures.ts";
import { startWebhookReceiver } from "#e2e/webhook-receiver.ts";
import { db } from "#lib/db/client.ts";
import { makeUser } from "#prisma/factories.ts";

test("an API key is shown once, only its digest is stored, and it can be revoked", async ({ page, signIn }) => {
  const { actor } = await signIn("admin");
  await page.goto("/settings/api-keys");
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByText("A key needs a name")).toBeVisible();
  await page.getByLabel("Name").fill("checkout");
  await page.getByRole("button", { name: "Create key" }).click();
  const key = (await page.getByRole("button", { name: "Copy key" }).textContent()) ?? "";
  expect(key).toMatch(/^lethe_[\w-]{43}$/);
  const stored = await db().apiKey.findFirstOrThrow({ where: { projectUuid: actor.projectUuid } });
  expect(Buffer.from(stored.hash).toString("hex")).toBe(createHash("sha256").update(key).digest("hex"));
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByText("checkout")).toBeVisible();
  expect(await page.content()).not.toContain(key);
  await page.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("revoked", { exact: true })).toBeVisible();
});

test("a webhook is added and tried, and what did not arrive is looked at and sent again", async ({ page, signIn }) => {
  await signIn("admin");
  await using receiver = await startWebhookReceiver();
  await page.goto("/settings/webhooks");
  await page.getByRole("button", { name: "New webhook" }).click();
  await page.getByLabel("Address").fill("not an address");
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByText("Must be an http or https address")).toBeVisible();
  await page.getByLabel("Address").fill(receiver.url);
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByRole("button", { name: "Copy secret" })).toHaveText(/^whsec_/);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("link", { name: receiver.url }).click();

  receiver.answerWith(410);
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByRole("cell", { name: "failed" })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/answered 410/)).toBeVisible();
  receiver.answerWith(204);
  await page.getByRole("button", { name: "Enable" }).click();
  await page.getByRole("button", { name: "Look" }).click();
  await expect(page.getByRole("dialog", { name: "What was sent" })).toContainText("webhook.tried");
  await page.getByRole("button", { name: "Send again", exact: true }).click();
  await expect(page.getByRole("cell", { name: "arrived" })).toBeVisible({ timeout: 20_000 });
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);

  await page.getByRole("button", { name: "Change secret" }).click();
  await page.getByRole("button", { name: "Make a new secret" }).click();
  await expect(page.getByRole("button", { name: "Copy secret" })).toHaveText(/^whsec_/);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(/The secret before signs as well until/)).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete webhook" }).click();
  await expect(page.getByText("No webhooks yet")).toBeVisible();
});

test("an operator is added, promoted and shut out, and the audit trail tells who did it", async ({ page, signIn }) => {
  const { uuid } = await signIn("admin");
  await db().operator.update({ where: { uuid }, data: { name: "Ada Admin" } });
  await page.goto("/settings/operators");
  await page.getByRole("button", { name: "Add operator" }).click();
  await page.getByLabel("Name").fill("Sam Support");
  await page.getByLabel("E-mail").fill("not an address");
  await page.getByRole("button", { name: "Add operator" }).last().click();
  await expect(page.getByText("Must be an e-mail address.")).toBeVisible();
  await page.getByLabel("E-mail").fill(`sam.${uuid}@example.org`);
  await page.getByRole("button", { name: "Add operator" }).last().click();
  await expect(page.getByText("it is shown this once")).toBeVisible();
  await expect(page.getByRole("dialog")).toContainText(`Sam Support, who signs in as sam.${uuid}@example.org.`);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Role of Sam Support" }).click();
  await page.getByRole("menuitemradio", { name: "privacy" }).click();
  await expect(page.getByRole("button", { name: "Role of Sam Support: privacy" })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: "Sam Support" });
  await row.getByRole("button", { name: "Disable" }).click();
  await page.getByRole("button", { name: "Disable operator" }).click();
  await expect(row.getByText("disabled")).toBeVisible();
  await page.getByRole("row").filter({ hasText: "Ada Admin" }).getByRole("button", { name: "Disable" }).click();
  await page.getByRole("button", { name: "Disable operator" }).click();
  await expect(page.getByText("Somebody must remain")).toBeVisible();
  await page.getByRole("button", { name: "Leave as it is" }).click();

  await page.getByRole("link", { name: "Audit trail" }).click();
  for (const words of ["added an operator", "changed a role", "disabled an operator"]) {
    await expect(page.getByRole("row").filter({ hasText: words })).toContainText("Ada Admin");
  }
  await page.getByRole("button", { name: "Filter by What" }).click();
  await page.getByRole("button", { name: "changed a role" }).click();
  await expect(page.getByText("1 event", { exact: true })).toBeVisible();
});

test("a new project is empty and keeps the others' people out", async ({ page, signIn }) => {
  const { actor } = await signIn("admin");
  await makeUser(actor, { firstName: "Elsewhere" });
  await page.goto("/users");
  await expect(page.getByRole("link", { name: "Elsewhere" })).toBeVisible();
  await page.getByRole("button", { name: /^Project:/ }).click();
  await page.getByRole("menuitem", { name: "New project" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(`Second ${actor.projectUuid}`);
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("heading", { name: "Nobody is remembered yet" })).toBeVisible();
});
