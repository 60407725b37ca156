import { expect, test } from "#e2e/fixtures.ts";
import { createApiKey } from "#lib/api-keys/mutations.ts";
import { makeUser } from "#prisma/factories.ts";

test("a developer finds a call, tries it with a key, and an admin sees its line without the id", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("admin");
  await makeUser(actor, { userId: "tried@example.org", firstName: "Tried" });
  const { key } = await createApiKey(actor, { name: "notebook", scopes: ["read"] });
  await page.goto("/reference");
  await page.getByLabel("Find a call").fill("user.get");
  await page.getByText("/users/{userId}", { exact: true }).click();
  await expect(page.getByRole("button", { name: "Send GET" })).toHaveAttribute("aria-disabled", "true");
  await page.getByLabel("Your API key, to try calls").fill(key);
  await page.getByLabel("userId").fill("tried@example.org");
  await page.getByRole("button", { name: "Send GET" }).click();
  await expect(page.getByRole("region", { name: "The answer" })).toContainText('"first_name": "Tried"');

  await expect(async () => {
    await page.goto("/request-log");
    const line = page.getByRole("row").filter({ hasText: "/users/{userId}" });
    await expect(line).toContainText("notebook", { timeout: 500 });
  }).toPass();
  await expect(page.getByRole("row").filter({ hasText: "/users/{userId}" })).toContainText("200");
  await expect(page.getByText("tried@example.org")).toHaveCount(0);
});

test("everything an application sends shows up in the console at once, and the console's changes are what it reads", async ({
  page,
  product,
  signIn,
}) => {
  const { actor } = await signIn("admin");
  const { key } = await createApiKey(actor, { name: "app", scopes: ["read", "write"] });
  const headers = { authorization: `Api-Key ${key}` };
  const postToApi = (path: string, data: object) =>
    page.request.post(`${product.url}/api/v2${path}`, { headers, data });
  await postToApi("/users", { user_id: "from-the-app", first_name: "Ada" });
  await postToApi("/sessions", { session_id: "app-session", user_id: "from-the-app" });
  await postToApi("/sessions/app-session/memory", { messages: [{ role_type: "user", content: "Hello from the app" }] });
  await page.goto("/users");
  await page.getByRole("link", { name: "Ada" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ada" })).toBeVisible();
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByLabel("First name").fill("Augusta");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Augusta" })).toBeVisible();
  const node = await page.request.get(`${product.url}/api/v2/users/from-the-app/node`, { headers });
  expect((await node.json()).node.name).toBe("Augusta");
  await page.getByRole("link", { name: "app-session" }).click();
  await expect(page.getByText("Hello from the app")).toBeVisible();
});
