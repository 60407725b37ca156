import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const SYSTEM_BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * The Chromium that browser tests run in: the system's, or Playwright's own. Where there is none it is fetched: by
 * Playwright, and where that is refused as Debian's package. @throws Error when neither works.
 */
export function findBrowser(): string {
  return (
    findInstalledBrowser() ??
    (tryInstall("playwright", ["install", "chromium"]) ? findInstalledBrowser() : undefined) ??
    (tryInstall("apt-get", ["update"]) &&
    tryInstall("apt-get", ["install", "-y", "--no-install-recommends", "chromium"])
      ? findInstalledBrowser()
      : undefined) ??
    failWithoutBrowser()
  );
}

function findInstalledBrowser(): string | undefined {
  return [...SYSTEM_BROWSERS, chromium.executablePath()].find((path) => existsSync(path));
}

function tryInstall(command: string, args: string[]): boolean {
  console.log(`No browser yet: ${command} ${args.join(" ")} …`);
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

function failWithoutBrowser(): never {
  throw new Error("There is no Chromium, and it could not be installed.");
}
