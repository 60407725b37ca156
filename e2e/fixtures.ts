import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { test as base, expect, type Page } from "@playwright/test";
import { encode } from "next-auth/jwt";
import { type MailServer, startMailServer } from "#e2e/mail-server.ts";
import type { OperatorRole } from "#lib/auth/permissions.ts";
import { closeDatabase } from "#lib/db/client.ts";
import { findFreePort } from "#lib/db/machine.ts";
import { setEnv } from "#lib/env.ts";
import { type MadeOperator, makeOperator } from "#prisma/factories.ts";
import { cloneDatabase, dropDatabase, makeTestSecrets, toRoles } from "#prisma/test-database.ts";

const ROOT = resolve(import.meta.dirname, "..");
const SECRET = "a secret for browser tests, thirty-two long";

export interface Product {
  url: string;
  database: string;
  /** Where its mail goes. */
  mail: MailServer;
  /** What a process of the product needs in its environment. */
  environment: NodeJS.ProcessEnv;
}

interface WorkerFixtures {
  /** The built product on a database of this worker's own. */
  product: Product;
}

interface TestFixtures {
  /** Signs the page in as someone new with this role, without the sign-in form, in a project of their own or the one given. */
  signIn: (role: OperatorRole, projectUuid?: string) => Promise<MadeOperator>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const database = await cloneDatabase();
      const mail = await startMailServer();
      const mailing = { LETHE_SMTP_URL: mail.url, LETHE_MAIL_FROM: "privacy@lethe.example" };
      setEnv({ ...toRoles(database), ...makeTestSecrets(), ...mailing, LETHE_SECRET: SECRET });
      const port = await findFreePort();
      const url = `http://127.0.0.1:${port}`;
      const settings = { LETHE_SECRET: SECRET, NEXTAUTH_URL: url, PORT: String(port) };
      const environment: NodeJS.ProcessEnv = { ...process.env, ...settings, NODE_ENV: "production" };
      const server = spawn(process.execPath, ["scripts/web.ts", "start"], {
        cwd: ROOT,
        stdio: ["ignore", "ignore", "inherit"],
        env: environment,
      });
      await waitUntilHealthy(url, server);
      await use({ url, database, mail, environment });
      server.kill("SIGTERM");
      await mail[Symbol.asyncDispose]();
      await closeDatabase();
      await dropDatabase(database);
    },
    { scope: "worker", timeout: 120_000 },
  ],
  page: async ({ page }, use) => {
    const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
    page.goto = (...args) => goto(...args).finally(() => waitUntilHydrated(page));
    page.reload = (...args) => reload(...args).finally(() => waitUntilHydrated(page));
    await use(page);
  },
  baseURL: async ({ product }, use) => use(product.url),
  signIn: async ({ context, product }, use) => {
    await use(async (role, projectUuid) => {
      const operator = await makeOperator(role, { projectUuid });
      const value = await encode({
        token: { sub: operator.signIn },
        secret: SECRET,
        maxAge: 3600,
      });
      await context.addCookies([{ name: "lethe.sign-in", value, url: product.url, httpOnly: true, sameSite: "Lax" }]);
      return operator;
    });
  },
});

export { expect };

async function waitUntilHealthy(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300 && server.exitCode === null; attempt += 1) {
    if ((await fetch(`${url}/api/health`).catch(() => null))?.ok) return;
    await pause(100);
  }
  throw new Error("the product did not come up");
}

/** Waits until React has taken over what the server rendered; before that a key or a click reaches nobody. */
export async function waitUntilHydrated(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("button, input")].every((element) =>
      Object.keys(element).some((key) => key.startsWith("__reactProps")),
    ),
  );
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Fails the test when the page logs an error or a script throws. */
export function watchForErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return errors;
}
