import { defineConfig } from "@playwright/test";

export default defineConfig({
  // `npm test -- imported` runs those that need conversations which may not lie in this repository.
  testDir: process.env.LETHE_BROWSER_TESTS ?? "e2e",
  testMatch: "*.spec.ts",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  outputDir: "test-results",
  use: {
    viewport: { width: 1360, height: 860 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.LETHE_BROWSER,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    },
  },
});
