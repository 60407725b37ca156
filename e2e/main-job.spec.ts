import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test, watchForErrors } from "#e2e/fixtures.ts";
import { hashPassword } from "#lib/auth/password.ts";
import { db } from "#lib/db/client.ts";
import { writeRecord } from "#lib/transfer/records.ts";
import { makeOperator } from "#prisma/factories.ts";
import { makeSampleRecords } from "#prisma/sample.ts";

const ROOT = resolve(import.meta.dirname, "..");

/** Everything of some of the sample's people, as a file that the import reads. */
async function writeImportFile(folder: string, lastNames: string[]) {
  const all = makeSampleRecords(new Date("2026-11-01T00:00:00Z"));
  const users = all.filter((record) => record.type === "user" && lastNames.includes(record.lastName ?? ""));
  const ids = new Set(users.flatMap((record) => ("userId" in record ? record.userId : [])));
  const sessions = all.filter((record) => record.type === "session" && ids.has(record.userId));
  const sessionIds = new Set(sessions.flatMap((record) => ("sessionId" in record ? record.sessionId : [])));
  const messages = all.filter((record) => record.type === "message" && sessionIds.has(record.sessionId));
  const records = [...users, ...sessions, ...messages];
  const file = join(folder, "people.jsonl");
  await writeFile(file, records.map(writeRecord).join("\n"));
  const [first] = sessions;
  const firstMessage = messages.find(
    (record) => "sessionId" in record && first && "sessionId" in first && record.sessionId === first.sessionId,
  );
  return {
    file,
    lines: records.length,
    sessions: sessions.length,
    messages: messages.length,
    sessionId: first?.type === "session" ? first.sessionId : "",
    opening: firstMessage?.type === "message" ? firstMessage.content : "",
  };
}

test("an operator signs in, imports two people's conversations, finds a person, corrects the record and reads", async ({
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

  const folder = await mkdtemp(join(tmpdir(), "lethe-import-"));
  const made = await writeImportFile(folder, ["Okafor", "Rousselot"]);
  const command = [resolve(ROOT, "scripts/run.mjs"), "import", made.file, "--project", "main-job"];
  const imported = spawnSync(process.execPath, command, { cwd: ROOT, encoding: "utf8", env: product.environment });
  await rm(folder, { recursive: true });
  expect(imported.stdout).toContain("Importing into the project “Main job” of the instance at 127.0.0.1:");
  expect(imported.stdout).toContain(
    `people.jsonl: ${made.lines} lines read, ${made.lines} understood; 2 users, ${made.sessions} sessions, ${made.messages} messages and 0 episodes added; 0 lines refused.`,
  );
  expect(imported.stdout).toContain("Next: npm start, or reload the console");

  await page.reload();
  await page.getByRole("textbox", { name: /Search name/ }).fill("okaf");
  await expect(page.getByRole("status").filter({ hasText: "1–1 of" })).toBeVisible();
  await page.getByRole("link", { name: "Amara Okafor" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Amara Okafor" })).toBeVisible();
  await expect(page).toHaveTitle("User · Lethe");

  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("Last name").fill("Marsh");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Amara Marsh" })).toBeVisible();

  await page.getByRole("link", { name: made.sessionId, exact: true }).click();
  const transcript = page.getByRole("region", { name: "Transcript" });
  await expect(transcript.getByText(made.opening)).toBeVisible();
  await expect(transcript.getByText(/^\w+day, \d+ \w+ 2026 UTC$/).first()).toBeVisible();
  expect(errors).toEqual([]);
});
