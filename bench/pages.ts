import { type Browser, chromium } from "@playwright/test";
import { startConsole } from "#bench/console.ts";
import { measureInterleaved, printAim, type Target } from "#bench/measure.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { makeGraph, makeProject, makeSession, makeUser } from "#prisma/factories.ts";
import { findBrowser } from "#scripts/browser.ts";

const SESSIONS = 5_000;
const FACTS = 1_000;
/** What a page may bring the first time it is opened, in kilobytes as they go over the wire. */
const MOST_SCRIPTS = 220;
const MOST_FONTS = 150;

/** What each page brings at its first visit, and whether the pages of somebody with much are as fast as others'. */
export async function benchPages(rounds: number): Promise<number> {
  const { uuid: projectUuid } = await makeProject();
  const { url, actor, cookie, process: web } = await startConsole(projectUuid);
  const browser = await chromium.launch({ executablePath: findBrowser() });
  try {
    const [few, many] = [await makePerson(actor, 5, 5), await makePerson(actor, SESSIONS, FACTS)];
    await weighPages(browser, url, cookie, few);
    const headers = { cookie: `${cookie.name}=${cookie.value}` };
    const targets = ["", "/facts"].flatMap((path): Target[] => [
      { name: `few${path}`, url: `${url}/users/${few}${path}`, headers },
      { name: `many${path}`, url: `${url}/users/${many}${path}`, headers },
    ]);
    const figures = await measureInterleaved(targets, rounds);
    console.table(
      [...figures].map(([what, { p50, p95 }]) => ({ what, "p50 ms": p50.toFixed(1), "p95 ms": p95.toFixed(1) })),
    );
    const takeTime = (name: string) => figures.get(name)?.p50 ?? Number.NaN;
    printAim(`p50 of a person with ${SESSIONS} sessions / with 5`, takeTime("many") / takeTime("few"), "≤", 1.5);
    printAim(
      `p50 of the facts of one with ${FACTS} / with 5`,
      takeTime("many/facts") / takeTime("few/facts"),
      "≤",
      1.5,
    );
    return 0;
  } finally {
    await browser.close();
    web.kill();
  }
}

async function makePerson(actor: Actor, sessions: number, facts: number): Promise<string> {
  const { projectUuid } = actor;
  const { uuid } = await makeUser(actor);
  await makeSession(actor, { userUuid: uuid });
  await db().session.createMany({
    data: Array.from({ length: sessions - 1 }, (_, index) => ({
      projectUuid,
      userUuid: uuid,
      sessionId: `${uuid}-${index}`,
    })),
  });
  await makeGraph(actor, uuid, facts);
  return uuid;
}

/** Opens each page in a browser that has seen none, and tells what came over the wire. */
async function weighPages(
  browser: Browser,
  url: string,
  cookie: { name: string; value: string },
  person: string,
): Promise<void> {
  const { uuid: session } = await db().session.findFirstOrThrow({ where: { userUuid: person } });
  const pages = {
    "/users": "/users",
    "/users/…": `/users/${person}`,
    "/users/…/facts": `/users/${person}/facts`,
    "/users/…/summary": `/users/${person}/summary`,
    "/users/…/graph": `/users/${person}/graph`,
    "/sessions": "/sessions",
    "/sessions/…": `/sessions/${session}`,
    "/audit": "/audit",
    "/request-log": "/request-log",
    "/settings/operators": "/settings/operators",
    "/reference": "/reference",
  };
  const heaviest = { scripts: 0, fonts: 0 };
  const rows = [];
  for (const [name, path] of Object.entries(pages)) {
    const context = await browser.newContext();
    await context.addCookies([{ ...cookie, url }]);
    const page = await context.newPage();
    const bytes = { script: 0, font: 0, stylesheet: 0 };
    const weighed: Promise<void>[] = [];
    page.on("requestfinished", (request) => {
      const type = request.resourceType();
      if (type !== "script" && type !== "font" && type !== "stylesheet") return;
      const weighing = request.sizes().then(({ responseBodySize }) => {
        bytes[type] += responseBodySize;
      });
      weighed.push(weighing);
    });
    await page.goto(`${url}${path}`, { waitUntil: "networkidle" });
    await Promise.all(weighed);
    await context.close();
    const [scripts, fonts] = [bytes.script / 1_000, bytes.font / 1_000];
    heaviest.scripts = Math.max(heaviest.scripts, scripts);
    heaviest.fonts = Math.max(heaviest.fonts, fonts);
    rows.push({
      page: name,
      "scripts kB": scripts.toFixed(0),
      "fonts kB": fonts.toFixed(0),
      "styles kB": (bytes.stylesheet / 1_000).toFixed(0),
    });
  }
  console.table(rows);
  printAim("scripts of the heaviest page, kB", heaviest.scripts, "≤", MOST_SCRIPTS);
  printAim("fonts of the heaviest page, kB", heaviest.fonts, "≤", MOST_FONTS);
}
