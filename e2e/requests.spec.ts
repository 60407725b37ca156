import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import { unzipSync } from "fflate";
import { expect, test } from "#e2e/fixtures.ts";
import { readMailText } from "#e2e/mail-server.ts";
import { pollUntil } from "#e2e/poll.ts";
import { db } from "#lib/db/client.ts";
import { changePolicy } from "#lib/privacy/policy/mutations.ts";
import { createUser } from "#lib/users/mutations.ts";
import { generateUuid } from "#lib/uuid.ts";
import { addTurns, makeOperator, makeSession, makeUser } from "#prisma/factories.ts";

test("the whole way by two operators, from arrival to a receipt that openssl verifies", async ({ page, signIn }) => {
  const first = await signIn("privacy");
  const { actor } = first;
  const { actor: admin } = await makeOperator("admin", actor);
  await changePolicy(admin, { approvalsRequired: 1, graceHours: 24, timeZone: "Europe/Berlin", restDays: [] });
  const person = await makeUser(actor, { userId: "asks-to-go", firstName: "Erica", lastName: "Gone" });
  await addTurns(await makeSession(actor, { userUuid: person.uuid }), "I live in Ghent.");
  await addTurns(await makeSession(actor), "Erica Gone told me about it.");

  // Deleting a person in the console files a request here.
  await page.goto(`/users/${person.uuid}`);
  await expect(page.getByRole("button", { name: "Delete", exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "File a request" }).click();
  await expect(page.getByLabel(/Keep them out/)).toBeChecked();
  await page.getByRole("button", { name: "File it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Request \d+/ })).toBeVisible();
  const address = page.url();
  await page.getByRole("button", { name: "I have made sure who they are" }).click();
  await expect(page.getByText("Decide what becomes of 1 mention.")).toBeVisible();
  await expect(page.getByText("Erica Gone told me about it.")).toBeVisible();
  await page.getByRole("button", { name: "Take out", exact: true }).click();
  await expect(page.getByText("the person is taken out")).toBeVisible();
  await page.getByRole("button", { name: "Hand in the plan" }).click();
  await expect(page.getByText(/1 approval needed/)).toBeVisible();

  const approvePlan = async () => {
    await signIn("privacy", actor.projectUuid);
    await page.goto(address);
    await page.getByRole("button", { name: "Approve this plan" }).click();
    await expect(page.getByText(/It is done on/)).toBeVisible();
  };
  await approvePlan();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByLabel("Why").fill("they called to think it over");
  await page.getByRole("dialog").getByRole("button", { name: "Take the plan back" }).click();
  await expect(page.getByText("Hand the plan in.")).toBeVisible();
  await page.getByRole("button", { name: "Hand in the plan" }).click();
  await expect(page.getByText(/1 approval needed/)).toBeVisible();
  // Whoever has handed it in is not offered to approve it.
  await expect(page.getByRole("button", { name: "Approve this plan" })).toHaveCount(0);
  await approvePlan();
  await page.getByRole("button", { name: "Do not wait" }).click();

  const request = await pollUntil(
    () => db().privacyRequest.findFirstOrThrow({ where: { projectUuid: actor.projectUuid } }),
    ({ state }) => state === "completed",
    40_000,
  );
  expect(request.state).toBe("completed");
  await page.reload();
  await expect(page.getByText("Tell them how it ended.")).toBeVisible();
  await expect(page.getByText(/We have deleted everything/)).toBeVisible();
  await page.getByRole("button", { name: "They have been told" }).click();
  await expect(page.getByText(/nothing here says any more who it was/)).toBeVisible();

  await page.getByRole("link", { name: "The receipt" }).click();
  await expect(page.getByRole("definition").filter({ hasText: /Request \d+, GDPR/ })).toBeVisible();
  await expect(page.getByText(/by somebody else \(privacy/)).toHaveCount(1);
  await expect(page.getByText("The person taken out")).toBeVisible();
  const place = mkdtempSync(join(tmpdir(), "lethe-request-"));
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download", exact: true }).click();
  const file = join(place, "receipt.zip");
  await (await waiting).saveAs(file);
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(file)))) writeFileSync(join(place, name), bytes);
  const output = execFileSync("sh", ["verify.sh", "receipt.jws", "public.pem"], { cwd: place, encoding: "utf8" });
  expect(output).toContain("Signature Verified Successfully");
  expect(output).toContain('"requestedBy":"request"');
  expect(output).toContain('"redacted":1');
  expect(output).not.toMatch(/asks-to-go|Erica|Ghent/);
  const again = { userId: "asks-to-go", email: null, firstName: null, lastName: null, metadata: {} };
  await expect(createUser(admin, again)).rejects.toMatchObject({ code: "suppressed" });
});

test("a copy is made for who asks for access, and a request about nobody known is answered with a receipt", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("privacy");
  const person = await makeUser(actor, { userId: "wants-a-copy" });
  const fileInConsole = async (identifier: string, type: string) => {
    await page.goto("/privacy/requests");
    await page.getByRole("button", { name: "File a request" }).first().click();
    await page.getByLabel("User ID or e-mail address").fill(identifier);
    await page.getByLabel("Asks for").selectOption(type);
    await page.getByRole("button", { name: "File it" }).click();
    await page.getByRole("button", { name: "I have made sure who they are" }).click();
  };
  await fileInConsole(person.userId, "access");
  await page.getByRole("button", { name: "Hand in the plan" }).click();
  await page.getByRole("button", { name: "Do it now" }).click();
  await expect(page.getByText(/\/your-data#/)).toBeVisible();

  await fileInConsole("nobody@example.org", "erasure");
  await page.getByRole("button", { name: "Answer that nobody is known" }).click();
  await expect(page.getByText("nobody known").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "The receipt" })).toBeVisible();
});

test("a person shows that it is they who ask by a code, behind a link that tells nobody who is known", async ({
  page,
  signIn,
  browser,
}) => {
  const { actor } = await signIn("privacy");
  const person = await makeUser(actor);
  await page.goto("/privacy/requests");
  await page.getByRole("button", { name: "File a request" }).first().click();
  await page.getByLabel("User ID or e-mail address").fill(person.userId);
  await page.getByRole("button", { name: "File it" }).click();
  await page.getByRole("button", { name: "Hand over a code" }).click();
  const link = (await page.getByRole("button", { name: "Copy link for them" }).textContent()) ?? "";
  const code = (await page.getByRole("button", { name: "Copy code" }).textContent()) ?? "";

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  await theirs.getByLabel("Code").fill(code === "00000000" ? "11111111" : "00000000");
  await theirs.getByRole("button", { name: "It is me" }).click();
  await expect(theirs.getByText(/This is not the code/)).toBeVisible();
  await theirs.getByLabel("Code").fill(`${code.slice(0, 4)} ${code.slice(4)}`);
  await theirs.getByRole("button", { name: "It is me" }).click();
  await expect(theirs.getByText(/that is settled/)).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Look into it" }).click();
  await expect(page.getByText("Hand the plan in.")).toBeVisible();
});

test("where a mail server is configured, a code and a letter are sent to whom the page says, once somebody has read them over", async ({
  page,
  signIn,
  product,
}) => {
  const { actor } = await signIn("privacy");
  const address = `${generateUuid()}@example.org`;
  const { userId } = await makeUser(actor, { email: address });
  const findMail = (words: string) =>
    product.mail.received.find((mail) => mail.to.includes(address) && readMailText(mail).includes(words));
  await page.goto("/privacy/requests");
  await page.getByRole("button", { name: "File a request" }).first().click();
  await page.getByLabel("User ID or e-mail address").fill(userId);
  await page.getByRole("button", { name: "File it" }).click();
  await page.getByRole("button", { name: `Send a code to ${address}` }).click();
  await expect(page.getByText("waiting for the person").first()).toBeVisible();
  expect(findMail("/your-request#")).toBeDefined();

  await page.getByRole("button", { name: "Send by e-mail …" }).click();
  const letter = page.getByRole("dialog", { name: "Send this letter" });
  await expect(letter).toContainText(address);
  await letter.getByRole("textbox").fill("We are on it.");
  await letter.getByRole("button", { name: "Send it" }).click();
  await expect(letter).toHaveCount(0);
  expect(findMail("We are on it.")).toBeDefined();
  await expect(page.getByText("sent the person a letter about their privacy request")).toBeVisible();
});

test("support files what somebody asks on the telephone, for who is known and who is not, and is told its number", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("support");
  const { uuid } = await makeUser(actor, { firstName: "Ada", lastName: "Stone" });
  await page.goto(`/users/${uuid}`);
  await page.getByRole("button", { name: "File a request" }).click();
  await page.getByLabel("Asks for").selectOption("access");
  await page.getByRole("button", { name: "File it" }).click();
  await expect(page.getByText(/^Filed as request \d+\. The privacy team works on it\.$/).last()).toBeVisible();
  await page.goto("/users");
  await page.getByRole("button", { name: "File a request" }).click();
  await page.getByLabel("User ID or e-mail address").fill("nobody@example.org");
  await page.getByRole("button", { name: "File it" }).click();
  await expect(page.getByText(/^Filed as request \d+\. The privacy team works on it\.$/).last()).toBeVisible();
  await signIn("privacy", actor.projectUuid);
  await page.goto("/privacy/requests");
  await expect(page.getByRole("cell", { name: "Ada Stone" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "nobody@example.org" })).toBeVisible();
});

test("a view of the queue is kept for the whole team, chosen, replaced and dropped", async ({ page, signIn }) => {
  const { actor } = await signIn("privacy");
  await makeUser(actor);
  await page.goto("/privacy/requests?law=ccpa&due=soon");
  await page.getByRole("button", { name: "Keep this view" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByText("A view needs a name.")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("California, soon");
  await page.getByRole("button", { name: "Keep it" }).click();
  const view = page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "California, soon" });
  await expect(view).toHaveAttribute("aria-current", "page");
  await signIn("privacy", actor.projectUuid);
  await page.goto("/privacy/requests");
  await expect(view).not.toHaveAttribute("aria-current", "page");
  await view.click();
  await expect(page).toHaveURL(/law=ccpa&due=soon|due=soon&law=ccpa/);
  await page.getByRole("button", { name: "Drop the view California, soon" }).click();
  await expect(view).toHaveCount(0);
});

test("requests come from a file: looked at first, filed once, what is refused comes back to be mended; the report counts them", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("privacy");
  await makeUser(actor, { userId: "jane" });
  const countFiled = () => db().privacyRequest.count({ where: { projectUuid: actor.projectUuid } });
  const text =
    "reference;identifier;type;law;shoe size\nT-1;jane;Erasure;GDPR;39\nT-2;nobody;access;CCPA;\nT-3;;sale;gdpr;\nT-1;jane;access;gdpr;\n";
  const choose = () =>
    page
      .getByLabel("File of requests")
      .setInputFiles({ name: "requests.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.goto("/privacy/requests/batch");
  await page
    .getByLabel("File of requests")
    .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from("name\njane\n") });
  await expect(page.getByText("Missing: reference, identifier, type, law. Nothing was filed.")).toBeVisible();
  await choose();
  await expect(page.getByText("Nothing is made of these columns: shoe size.")).toBeVisible();
  await expect(page.getByText("nobody is known by that")).toBeVisible();
  await expect(page.getByText("reference: Row 2 has the same.")).toBeVisible();
  await expect(page.getByText(/identifier: Type an id or an address/)).toBeVisible();
  expect(await countFiled()).toBe(0);
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the 2 refused" }).click();
  expect(readFileSync(await (await waiting).path(), "utf8")).toContain("T-3,,sale,gdpr");
  await page.getByRole("button", { name: "File 2 requests" }).click();
  await expect(page.getByText("2 requests filed.")).toBeVisible();
  expect(await countFiled()).toBe(2);
  await page.getByRole("button", { name: "Choose another file" }).click();
  await choose();
  await expect(page.getByRole("link", { name: /^filed before, as/ })).toHaveCount(2);
  await expect(page.getByRole("button", { name: /^File \d/ })).toHaveCount(0);

  await page.goto("/privacy/reports");
  await expect(page.getByRole("img", { name: /^2 open requests: 2 half or more left/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^GDPR Erasure 1 / })).toBeVisible();
  await expect(page.getByRole("row", { name: /^CCPA Access 1 / })).toBeVisible();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  expect(readFileSync(await (await saving).path(), "utf8")).toMatch(/^law,type,received,[\s\S]*\r\ngdpr,erasure,1,0,/);
});

test("a case is worked from arrival to receipt without leaving the keyboard", async ({ page, signIn }) => {
  const { actor } = await signIn("privacy");
  const { actor: admin } = await makeOperator("admin", actor);
  await changePolicy(admin, { approvalsRequired: 0, graceHours: 0, timeZone: "UTC", restDays: [] });
  await makeUser(actor, { userId: "asks-to-go", firstName: "Erica", lastName: "Gone" });
  await addTurns(await makeSession(actor), "Erica Gone told me about it.");
  /** Goes on from wherever the focus is, as somebody without a mouse does. */
  const reach = async (target: Locator) => {
    await expect(target).toBeVisible();
    const isThere = () => target.evaluate((element) => element === document.activeElement);
    for (let pressed = 0; !(await isThere()); pressed += 1) {
      expect(pressed, `${target} is reached by Tab`).toBeLessThan(60);
      await page.keyboard.press("Tab");
    }
  };
  const press = async (name: string) => {
    await reach(page.getByRole("button", { name, exact: true }));
    await page.keyboard.press("Enter");
  };
  await page.goto("/privacy/requests");
  await press("File a request");
  await reach(page.getByLabel("User ID or e-mail address"));
  await page.keyboard.type("asks-to-go");
  await press("File it");
  await expect(page.getByRole("heading", { level: 1, name: /Request \d+/ })).toBeVisible();
  await press("I have made sure who they are");
  await press("Take out");
  await press("Hand in the plan");
  await pollUntil(
    () => db().privacyRequest.findFirstOrThrow({ where: { projectUuid: actor.projectUuid } }),
    ({ state }) => state === "completed",
    40_000,
  );
  await page.reload();
  await press("They have been told");
  await expect(page.getByText(/nothing here says any more who it was/)).toBeVisible();
  await reach(page.getByRole("link", { name: "The receipt" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /^Receipt/ })).toBeVisible();
});

test("a refusal names its law's ground, and the request stays in the queue until the person is told", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("privacy");
  await makeUser(actor, { userId: "asks-for-a-copy", firstName: "Ada", lastName: "Copy" });
  const file = async (reference: string) => {
    await page.goto("/privacy/requests");
    await page.getByRole("button", { name: "File a request" }).click();
    await page.getByLabel("User ID or e-mail address").fill("asks-for-a-copy");
    await expect(page.getByLabel(/Keep them out/)).toBeVisible();
    await page.getByLabel("Asks for").selectOption("access");
    await expect(page.getByLabel(/Keep them out/)).toHaveCount(0);
    await page.getByLabel("Reference").fill(reference);
    await page.getByRole("button", { name: "File it" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /Request \d+/ })).toBeVisible();
    return page.url();
  };
  const first = await file("T-77");
  expect(await file("T-77")).toBe(first);
  await expect(page.getByText(/It was filed before, as request \d+: nothing new was filed\./)).toBeVisible();

  await page.getByRole("button", { name: "Refuse", exact: true }).click();
  await expect(page.getByLabel("Ground").getByRole("option", { name: /legal claims/ })).toHaveCount(0);
  await page.getByLabel("Ground").selectOption("unfounded");
  await page.getByRole("button", { name: "Refuse the request" }).click();
  const ground = "The request is manifestly unfounded or excessive (GDPR, Art. 12(5)).";
  await expect(page.getByRole("heading", { name: "Why it is refused" })).toBeVisible();
  await expect(page.getByText(ground, { exact: true })).toBeVisible();
  await page.goto("/privacy/requests");
  const row = page.getByRole("row").filter({ hasText: "Ada Copy" });
  await expect(row).toContainText("to be told");
  await page.goto(first);
  await page.getByRole("button", { name: "They have been told" }).click();
  await expect(page.getByText("This request is over, and they have been told.")).toBeVisible();
  await page.goto("/privacy/requests");
  await expect(page.getByText("Ada Copy")).toHaveCount(0);
});
