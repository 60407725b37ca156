import { readFileSync } from "node:fs";
import { expect, test } from "#e2e/fixtures.ts";
import { hashForState } from "#lib/privacy/deletion-list/hash.ts";
import { makeUser } from "#prisma/factories.ts";

/** A file as the State's platform gives it out. */
function makeListFile(name: string, rows: [id: string, hash: string | null][]) {
  const text = ["ID,Hash", ...rows.map(([id, hash]) => `${id},${hash}`)].join("\r\n");
  return { name, mimeType: "text/csv", buffer: Buffer.from(text) };
}

test("the State's files are taken in, whoever is known is filed, and a report with codes comes out", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("privacy");
  await makeUser(actor, { email: "ada@example.org" });
  await makeUser(actor, { email: "twice@example.org" });
  await makeUser(actor, { email: "twice@example.org" });
  await page.goto("/privacy/requests");
  await page.getByRole("link", { name: "DELETE Act list" }).click();
  const field = page.getByLabel("Files of the State");
  await field.setInputFiles(
    makeListFile("20261101_4711_NDZ.csv", [["Work00000000", hashForState("Email", "x@y.org")]]),
  );
  await expect(page.getByRole("alert").first()).toContainText("it would be wrong to answer “not found”");
  const addresses = ["ADA@example.org ", "twice@example.org", "nobody@example.org"];
  await field.setInputFiles(
    makeListFile(
      "20261101_4711_Email.csv",
      addresses.map((address, index) => [`Work0000000${index}`, hashForState("Email", address)]),
    ),
  );
  await expect(page.getByText("3 rows new. 3 users compared: 2 rows match.")).toBeVisible();
  await page.getByRole("button", { name: "File 1 erasure" }).click();
  await expect(page.getByText("1 request filed.")).toBeVisible();
  const known = page.getByRole("row", { name: /Work00000000/ });
  await expect(known).toContainText("request under way");

  await page.getByRole("button", { name: "Confirm opt-out" }).click();
  await page.getByRole("button", { name: "All of them are opted out" }).click();
  await expect(page.getByRole("row", { name: /Work00000001/ })).toContainText("opted out");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Report 2 new" }).click();
  const report = await download;
  expect(report.suggestedFilename()).toMatch(/^\d{8}_4711_Status_new\.csv$/);
  expect(
    readFileSync(await report.path(), "utf8")
      .trim()
      .split("\r\n")
      .toSorted(),
  ).toEqual(["Id,Status", "Work00000001,4", "Work00000002,5"]);
  await known.getByRole("link").click();
  await expect(page.getByText("Hand the plan in.")).toBeVisible();
});
