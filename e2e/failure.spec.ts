import { listActions } from "#e2e/actions.ts";
import { expect, test, watchForErrors } from "#e2e/fixtures.ts";
import { closeDatabase } from "#lib/db/client.ts";
import { setOperatorDisabled } from "#lib/operators/mutations.ts";
import { makeOperator, makeUser } from "#prisma/factories.ts";
import { runOnServer } from "#prisma/test-database.ts";

test("addresses that lead nowhere are 404 pages with a way on", async ({ page, signIn }) => {
  await signIn("admin");
  const nothing = "0198f3c0-0000-7000-8000-000000000000";
  for (const path of [
    `/users/${nothing}`,
    "/users/not-a-uuid",
    `/sessions/${nothing}`,
    "/sessions/%00",
    "/users/%F0%9F%A6%8A",
  ]) {
    expect((await page.request.get(path)).status(), path).toBe(404);
  }
  await page.goto(`/users/${nothing}`);
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  await page.getByRole("link", { name: "Go to users" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();
});

test("views that no longer make sense fall back quietly instead of breaking", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  await makeUser(actor, { firstName: "Still here" });
  for (const query of [
    "page=-1",
    "page=abc",
    "sort=shoe",
    "size=7",
    "q=%25%25",
    "createdFrom=2026-99-99",
    "hide=nothing",
    "dir=up",
  ]) {
    await page.goto(`/users?${query}`);
    await expect(page.getByRole("link", { name: "Still here" }), query).toBeVisible();
  }
});

test("a disabled operator is out with the next click", async ({ page, signIn }) => {
  const operator = await signIn("support");
  const admin = await makeOperator("admin", { projectUuid: operator.projectUuid });
  await page.goto("/users");
  await expect(page.getByRole("heading", { name: "Nobody is remembered yet" })).toBeVisible();
  await setOperatorDisabled(admin.actor, { operator: operator.uuid, disabled: true });
  await page.getByRole("link", { name: "Sessions" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("while the database is away a page says so, and comes back by itself", async ({ page, signIn, product }) => {
  const { actor } = await signIn("support");
  await makeUser(actor, { firstName: "Survivor" });
  const name = new URL(product.database).pathname.slice(1);
  await closeDatabase();
  await runOnServer(async (server) => {
    await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await server.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
    try {
      expect((await page.request.get("/api/health")).status()).toBe(503);
      await page.goto("/users");
      await expect(page.getByRole("heading", { name: "This page cannot be shown right now" })).toBeVisible();
    } finally {
      await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    }
  });
  await expect(page.getByRole("link", { name: "Survivor" })).toBeVisible({ timeout: 20_000 });
});

test("every answer says how it may be used, and scripts run by this answer's number alone", async ({
  page,
  signIn,
}) => {
  const errors = watchForErrors(page);
  await signIn("admin");
  const [first, second] = [await page.goto("/users"), await page.request.get("/users")];
  const policy = first?.headers()["content-security-policy"] ?? "";
  expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]+';/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toContain("form-action 'self'");
  expect(second.headers()["content-security-policy"]).not.toBe(policy);
  for (const path of [
    "/users",
    "/sessions",
    "/audit",
    "/request-log",
    "/reference",
    "/account",
    "/settings/operators",
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  // What the policy keeps from running is told in the browser's console.
  expect(errors).toEqual([]);
});

test("requests that cannot be understood are 400 and change nothing", async ({ request, product }) => {
  const url = `${product.url}/api/auth`;
  const { csrfToken } = await (await request.get(`${url}/csrf`)).json();
  for (const callbackUrl of ["nowhere", "http://[", "\0"]) {
    expect((await request.get(`${url}/signin`, { params: { callbackUrl } })).status(), callbackUrl).toBe(400);
    const form = { csrfToken, callbackUrl, email: "a@example.org", password: "x", json: "true" };
    expect((await request.post(`${url}/callback/credentials`, { form })).status(), callbackUrl).toBe(400);
  }
  const nul = { csrfToken, email: "a\0@example.org", password: "x", json: "true" };
  expect((await request.post(`${url}/callback/credentials`, { form: nul })).status()).toBe(400);
  const headers = { "content-type": "application/json" };
  expect((await request.post(`${url}/signout`, { data: "{", headers })).status()).toBe(400);
});

test("what no page of the console would send to an action is 400", async ({ request, product }) => {
  const id = listActions().find(({ name }) => name === "createUserAction")?.id ?? "";
  const send = async (headers: Record<string, string>, data: string) =>
    (await request.post(`${product.url}/users`, { headers, data })).status();
  const text = { "next-action": id, "content-type": "text/plain;charset=UTF-8" };
  for (const body of ["[broken", "", "{}", '["$n12x"]', '["$K1"]', '["\\u0000"]', `["${"x".repeat(1_000_001)}"]`])
    expect(await send(text, body), body.slice(0, 20)).toBe(400);
  const form = { "content-type": "multipart/form-data; boundary=x" };
  expect(await send(form, "--x")).toBe(400);
  expect(await send({ ...form, "next-action": id }, "--x")).toBe(400);
  expect(await send({ ...text, "next-action": "nonsense" }, "[]")).toBe(400);
  expect(await send(text, '["project", {}]')).toBe(200);
});
