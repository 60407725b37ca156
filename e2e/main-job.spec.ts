import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test, watchForErrors } from "#e2e/fixtures.ts";
import { hashPassword } from "#lib/auth/password.ts";
import { db } from "#lib/db/client.ts";
import { makeOperator } from "#prisma/factories.ts";

const ROOT = resolve(import.meta.dirname, "..");
const LOCOMO = resolve(ROOT, "../shared/data/locomo");

test("an operator signs in, imports two real conversations, finds a person, corrects the record and reads", async ({
  page,
  product,
}) => {
  const errors = watchForErrors(page);
  const project = await db().project.create({ data: { slug: "main-job", name: "Main job" } });
  const passwordHash = await hashPassword("a password for the main job");
  const { email } = await makeOperator("admin", { projectUuid: project.uuid, passwordHash });

  await page.goto("/users?size=25");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "do not fit" })).toBeVisible();
  errors.length = 0; // The refusal itself is a 401 that the browser logs.
  await page.getByLabel("Password").fill("a password for the main job");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Nobody is remembered yet" })).toBeVisible();
  await expect(page).toHaveURL(/size=25/);

  const files = ["conv-26.jsonl", "conv-30.jsonl"].map((file) => resolve(LOCOMO, file));
  const command = [resolve(ROOT, "scripts/run.mjs"), "import", ...files, "--project", "main-job"];
  const imported = spawnSync(process.execPath, command, { cwd: ROOT, encoding: "utf8", env: product.environment });
  expect(imported.stdout).toContain("Importing into the project “Main job” of the instance at 127.0.0.1:");
  expect(imported.stdout).toContain(
    "conv-26.jsonl: 439 lines read, 439 understood; 1 user, 19 sessions and 419 messages added; 0 lines refused.",
  );
  expect(imported.stdout).toContain("Next: npm start, or reload the console");

  await page.reload();
  await page.getByRole("textbox", { name: /Search name/ }).fill("oline.26@exa");
  await expect(page.getByRole("status").filter({ hasText: "1–1 of" })).toBeVisible();
  await page.getByRole("link", { name: "Caroline" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Caroline" })).toBeVisible();
  await expect(page).toHaveTitle("User · Lethe");

  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Last name").fill("Marsh");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Caroline Marsh" })).toBeVisible();

  await page.getByRole("link", { name: "locomo-26-s1", exact: true }).click();
  const transcript = page.getByRole("region", { name: "Transcript" });
  await expect(transcript.getByText("Hey Mel! Good to see you! How have you been?")).toBeVisible();
  await expect(transcript.getByText("Monday, 8 May 2023 UTC")).toBeVisible();
  expect(errors).toEqual([]);
});
