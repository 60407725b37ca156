import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "#e2e/fixtures.ts";
import { pollUntil } from "#e2e/poll.ts";
import { db } from "#lib/db/client.ts";
import { eraseUserById } from "#lib/privacy/erasure/mutations.ts";
import { addTurns, makeSession, makeUser } from "#prisma/factories.ts";

test("somebody is erased and kept out; the receipt is proved, downloaded, and verified with openssl and in the console", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("privacy");
  const person = await makeUser(actor, { userId: "erase-me-1", firstName: "Erica", lastName: "Gone" });
  await addTurns(await makeSession(actor, { userUuid: person.uuid }), "I live in Ghent.", "Nice.");
  await addTurns(await makeSession(actor), "Erica Gone told me about it.");
  await page.goto(`/users/${person.uuid}`);
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Messages", { exact: true })).toBeVisible();
  await dialog
    .getByRole("group", { name: /rows? of .* mention them/ })
    .getByLabel(/Take the person out/)
    .check();
  await dialog.getByLabel(/Type the user ID/).fill("erase-me-1");
  await dialog.getByLabel(/Keep them out/).check();
  await dialog.getByRole("button", { name: "Delete user" }).click();
  await expect(page.getByText(/Deleted: the user, 1 session, 2 messages/)).toBeVisible();

  await pollUntil(
    () => db().receipt.findMany({ where: { projectUuid: actor.projectUuid } }),
    ([receipt]) => receipt?.status === "confirmed",
    30_000,
  );
  await page.goto("/privacy/receipts");
  const row = page.getByRole("row", { name: /a user/ });
  await expect(row.getByText("confirmed")).toBeVisible();
  await row.getByRole("link").click();
  await expect(page.getByText(/Nothing of it was found/)).toBeVisible();
  const [kept] = await db().message.findMany({ where: { projectUuid: actor.projectUuid } });
  expect(kept?.content).toBe("[erased] told me about it.");
  const place = mkdtempSync(join(tmpdir(), "lethe-download-"));
  const save = async (button: string) => {
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: button }).click();
    const file = join(place, "receipt.zip");
    await (await waiting).saveAs(file);
    const files = unzipSync(readFileSync(file));
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(place, name), bytes);
    return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
  };
  const files = await save("Download");
  const output = execFileSync("sh", ["verify.sh", "receipt.jws", "public.pem"], { cwd: place, encoding: "utf8" });
  expect(output).toContain("Signature Verified Successfully");
  expect(output).not.toMatch(/erase-me|Erica|Ghent/);
  const copy = await save("The person’s copy, once");
  // The very line of the README that comes with the copy.
  const line = /^ {2}printf.*$/m.exec(copy["README.txt"] ?? "")?.[0] ?? "";
  writeFileSync(join(place, "commit.sh"), line.replace("YOUR USER ID", "erase-me-1"));
  const commitment = execFileSync("sh", ["commit.sh"], { cwd: place, encoding: "utf8" }).trim().split(" ").at(-1);
  expect(output).toContain(`"subjectCommitment":"${commitment}"`);
  await expect(page.getByRole("button", { name: "The person’s copy, once" })).toBeHidden();

  await page.goto("/privacy/verify");
  await page.getByLabel("The receipt", { exact: true }).fill(files["receipt.jws"] ?? "");
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("The signature holds")).toBeVisible();
  await expect(page.getByRole("link", { name: "open it" })).toBeVisible();
  await page.getByLabel("The receipt", { exact: true }).fill(`${files["receipt.jws"]?.trim().slice(0, -6)}AAAAAA`);
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("was changed after it was signed")).toBeVisible();

  await page.goto("/privacy/suppression");
  await page.getByLabel("Id or address").fill("erase-me-1");
  await page.getByRole("button", { name: "Test it" }).click();
  await expect(page.getByText("It would be refused")).toBeVisible();
  const keys = await page.request.get("/.well-known/erasure-keys.json");
  expect((await keys.json()).keys[0]).toMatchObject({ kty: "OKP", crv: "Ed25519", alg: "EdDSA" });
});

test("each search for what may be left is listed, and what is left is told", async ({ page, signIn }) => {
  const { actor } = await signIn("privacy");
  await eraseUserById(actor, (await makeUser(actor)).userId);
  await page.goto("/privacy/receipts");
  await page.getByRole("link", { name: "Proofs" }).click();
  await expect(page.getByText("Of nothing that was erased anything is known to be left.")).toBeVisible();
  await expect(page.getByRole("cell", { name: "nothing left" })).toBeVisible({ timeout: 20_000 });
  await page
    .getByRole("row", { name: /nothing left/ })
    .getByRole("link")
    .click();
  await expect(page.getByRole("heading", { name: /^Receipt/ })).toBeVisible();
});

test("whoever is kept out is let in again by two people, and not by one", async ({ page, signIn }) => {
  const { actor } = await signIn("privacy");
  const { projectUuid } = actor;
  await db().project.update({ where: { uuid: projectUuid }, data: { keepsOutDeleted: true } });
  await eraseUserById(actor, (await makeUser(actor, { userId: "back-again" })).userId);
  await page.goto("/privacy/suppression");
  await page.getByRole("button", { name: "Let in again" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why").fill("short");
  await dialog.getByRole("button", { name: "Ask for it" }).click();
  await expect(dialog.getByText("at least ten characters")).toBeVisible();
  await dialog.getByLabel("Why").fill("They have asked us in writing to come back.");
  await dialog.getByRole("button", { name: "Ask for it" }).click();
  await expect(page.getByText("asked to be let in")).toBeVisible();
  await expect(page.getByRole("button", { name: "Decide" })).toBeHidden();
  await signIn("admin", projectUuid);
  await page.goto("/privacy/suppression");
  await page.getByRole("button", { name: "Decide" }).click();
  await expect(page.getByRole("dialog").getByText("They have asked us in writing")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Let them in again" }).click();
  await expect(page.getByText("let in again", { exact: true })).toBeVisible();
  expect(await db().suppression.count({ where: { projectUuid, liftedAt: null } })).toBe(0);
});

test("a request about somebody unknown is answered with a receipt, and one about somebody known is not", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("privacy");
  await makeUser(actor, { userId: "here-1" });
  await page.goto("/privacy/receipts");
  await page.getByRole("button", { name: "Somebody unknown" }).click();
  const dialog = page.getByRole("dialog");
  const field = dialog.getByLabel("User ID or e-mail address");
  await field.fill("here-1");
  await dialog.getByRole("button", { name: "Write the receipt" }).click();
  await expect(dialog.getByText(/Somebody is known by this/)).toBeVisible();
  await field.fill("stranger@example.org");
  await dialog.getByRole("button", { name: "Write the receipt" }).click();
  await expect(page.getByText(/For a request about nobody known/)).toBeVisible();
  await expect(page.getByText("Nothing: nobody was known by what was asked for.")).toBeVisible();
  expect(page.url()).not.toContain("stranger");
});

test("whoever is held cannot be deleted before the hold is released; then what was asked is done", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("privacy");
  const person = await makeUser(actor, { userId: "hold-me-1", firstName: "Hanna" });
  await addTurns(await makeSession(actor, { userUuid: person.uuid }), "I live in Ghent.");
  await page.goto("/privacy/holds");
  await page.getByRole("button", { name: "Place a hold" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("User ID").fill("nobody");
  await dialog.getByLabel("Matter").fill("Case 14 before the labour court");
  await dialog.getByRole("button", { name: "Place the hold" }).click();
  await expect(dialog.getByText("There is no such user.")).toBeVisible();
  await dialog.getByLabel("User ID").fill("hold-me-1");
  await dialog.getByRole("button", { name: "Place the hold" }).click();
  const hold = page.getByRole("listitem").filter({ hasText: "Case 14 before the labour court" });
  await expect(hold.getByText("held", { exact: true })).toBeVisible();

  await hold.getByRole("link", { name: "hold-me-1" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await dialog.getByLabel(/Type the user ID/).fill("hold-me-1");
  await dialog.getByRole("button", { name: "Delete user" }).click();
  await expect(dialog.getByText(/legal hold/)).toBeVisible();
  expect(await db().user.count({ where: { projectUuid: actor.projectUuid } })).toBe(1);

  await page.goto("/privacy/holds");
  await expect(hold.getByText("1 erasure waiting")).toBeVisible();
  await hold.getByRole("button", { name: "Release" }).click();
  await dialog.getByLabel("Why").fill("The case was settled");
  await dialog.getByRole("button", { name: "Release and erase" }).click();
  await expect(page.getByText("Released, and 1 erasure done that had waited.")).toBeVisible();
  expect(await db().user.count({ where: { projectUuid: actor.projectUuid } })).toBe(0);
});

test("a person gets a copy of their data by a link that works once, without signing in", async ({
  page,
  signIn,
  browser,
}) => {
  const { actor } = await signIn("privacy");
  const person = await makeUser(actor, { firstName: "Ada", lastName: "Copied" });
  await addTurns(await makeSession(actor, { userUuid: person.uuid }), "I live in Ghent.", "Nice.");
  await page.goto(`/users/${person.uuid}`);
  await page.getByRole("button", { name: "Copy for them" }).click();
  await page.getByRole("button", { name: "Make a copy" }).click();
  const link = (await page.getByRole("button", { name: "Copy link" }).textContent()) ?? "";
  await expect(page.getByRole("dialog").getByText("waiting")).toBeVisible();

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  const waiting = theirs.waitForEvent("download");
  await theirs.getByRole("button", { name: "Download my data" }).click();
  const file = join(mkdtempSync(join(tmpdir(), "lethe-copy-")), "copy.zip");
  await (await waiting).saveAs(file);
  const messages = strFromU8(unzipSync(readFileSync(file))["messages.jsonl"] ?? new Uint8Array());
  expect(messages).toContain("I live in Ghent.");
  await expect(theirs.getByText("Your copy is in your downloads")).toBeVisible();

  await theirs.goto("about:blank");
  await theirs.goto(link);
  await theirs.getByRole("button", { name: "Download my data" }).click();
  await expect(theirs.getByText(/leads to nothing any more/)).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Copy for them" }).click();
  await expect(page.getByRole("dialog").getByText("handed over")).toBeVisible();
});
