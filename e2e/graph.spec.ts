import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test, watchForErrors } from "#e2e/fixtures.ts";
import { db } from "#lib/db/client.ts";
import { appendMessages } from "#lib/messages/append.ts";
import { makeGraph, makeMessage, makeSession, makeUser } from "#prisma/factories.ts";

type SignedIn = Parameters<typeof makeUser>[0];

/** Someone who changed jobs, and has a sister elsewhere; all of it read. */
async function makeJobChanger(actor: SignedIn) {
  const jane = await makeUser(actor, { firstName: "Jane", lastName: "Smith" });
  const session = await makeSession(actor, { userUuid: jane.uuid });
  const said = [
    makeMessage("I work at Acme.", { createdAt: new Date("2025-03-01T10:00:00Z") }),
    makeMessage("My sister Lena lives in Porto.", { createdAt: new Date("2025-04-01T10:00:00Z") }),
    makeMessage("I now work at Globex.", { createdAt: new Date("2026-02-01T10:00:00Z") }),
  ];
  await db().$transaction((tx) => appendMessages(tx, session, said));
  const where = { graphUuid: jane.uuid, processedAt: { not: null } };
  await expect.poll(() => db().episode.count({ where }), { timeout: 20_000 }).toBe(said.length);
  return { jane, session };
}

const LAYOUTS = {
  /** Walks the picture with the arrow keys until it tells of a node. */
  picture: async (page: Page, name: string) => {
    await page.getByRole("application", { name: "Graph" }).focus();
    const heard = page.locator("p[aria-live=polite].sr-only");
    for (const key of [
      "Escape",
      "ArrowRight",
      "ArrowDown",
      "ArrowLeft",
      "ArrowUp",
      "ArrowRight",
      "ArrowUp",
      "ArrowLeft",
    ]) {
      await page.keyboard.press(key);
      const words = await heard.textContent();
      if (words?.startsWith(`${name},`)) return words;
    }
    return null;
  },
  /** Reads a node's row in the table. */
  table: async (page: Page, name: string) => {
    const row = page.getByRole("row").filter({ has: page.getByRole("button", { name, exact: true }) });
    return (await row.count()) === 0 ? null : row.textContent();
  },
};

for (const layout of ["picture", "table"] as const) {
  const told = LAYOUTS[layout];

  test(`${layout}: moving the day across a job change ends the old job and begins the new one`, async ({
    page,
    signIn,
  }) => {
    const errors = watchForErrors(page);
    const { actor } = await signIn("support");
    const { jane } = await makeJobChanger(actor);
    await page.goto(`/users/${jane.uuid}/graph?as=${layout}`);
    const status = findStatus(page);
    await expect(status).toContainText("5 nodes");
    expect(await told(page, "Acme")).toMatch(/works at Acme.*over/s);
    expect(await told(page, "Globex")).not.toMatch(/over/);
    await page.getByRole("slider", { name: "Day" }).fill(String(Date.parse("2025-12-01")));
    await expect(page).toHaveURL(/at=2025-12-01/);
    await expect(status).toContainText("4 nodes");
    expect(await told(page, "Acme")).not.toMatch(/over/);
    expect(await told(page, "Globex")).toBeNull();
    await page.getByRole("button", { name: "Today" }).click();
    await expect(status).toContainText("5 nodes");
    await page.getByRole("checkbox", { name: "Show what is over" }).uncheck();
    await expect(status).toContainText("4 nodes");
    expect(await told(page, "Acme")).toBeNull();
    expect(errors).toEqual([]);
  });

  test(`${layout}: a node is found, chosen, filtered away and back, and a pasted link shows the same`, async ({
    page,
    signIn,
  }) => {
    const { actor } = await signIn("support");
    const { jane } = await makeJobChanger(actor);
    await page.goto(`/users/${jane.uuid}/graph?as=${layout}`);
    const panel = findPanel(page);
    await page.keyboard.press("/");
    await page.keyboard.type("glob");
    await expect(page.getByRole("option", { name: /Globex/ })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(panel.getByRole("heading", { name: "Globex" })).toBeVisible();
    await expect(panel.getByRole("listitem").first()).toContainText("works at Globex");
    await page
      .getByRole("group", { name: "Kinds of nodes" })
      .getByRole("button", { name: /Person/ })
      .click();
    await expect(findStatus(page)).toContainText("2 nodes");
    await expect(page).toHaveURL(/node=.*kinds=Person|kinds=Person.*node=/);
    await page.goto(page.url());
    await expect(panel.getByRole("heading", { name: "Globex" })).toBeVisible();
    await expect(findStatus(page)).toContainText("2 nodes");
    await page
      .getByRole("group", { name: "Kinds of nodes" })
      .getByRole("button", { name: /Person/ })
      .click();
    expect(await told(page, "Acme")).toContain("works at Acme");
  });
}

test("a fact leads to its message, the message to what was learned from it, and that back to the graph", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("support");
  const { jane } = await makeJobChanger(actor);
  await page.goto(`/users/${jane.uuid}/graph`);
  await pickNode(page, "Find a node", "Acme");
  await page.getByRole("link", { name: "where it was said" }).click();
  const message = page.locator("article[aria-current=true]");
  await expect(message).toContainText("I work at Acme.");
  await message.getByRole("button", { name: "1 fact learned" }).click();
  await expect(message.getByRole("listitem")).toContainText("works at Acme");
  await message.getByRole("link", { name: "in the facts" }).click();
  await expect(page.getByRole("cell", { name: /^Jane Smith works at Acme/ })).toBeVisible();
  await expect(page.getByText("2 facts", { exact: true })).toBeVisible();
  await page.goBack();
  await message.getByRole("button", { name: "1 fact learned" }).click();
  await message.getByRole("link", { name: "in the graph" }).click();
  await expect(page.getByRole("heading", { name: "Acme" })).toBeVisible();
});

test("a fact corrected in the graph changes the graph, the summary, its versions and what a search finds", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("support");
  const { jane } = await makeJobChanger(actor);
  await page.goto(`/users/${jane.uuid}/graph?as=table`);
  await page.getByRole("button", { name: "Globex", exact: true }).click();
  await page.getByRole("button", { name: /^Change: .*works at Globex/ }).click();
  await page.getByRole("dialog").getByLabel("What is so").fill("Jane Smith works at Initech");
  await page.getByRole("dialog").getByRole("button", { name: "Correct it" }).click();
  await expect(page.getByRole("dialog", { name: "Change this fact" })).toHaveCount(0);
  await expect(page.getByRole("table")).toContainText("works at Initech");
  await expect(page.getByRole("table")).not.toContainText("works at Globex");
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("region", { name: "What is remembered" })).toContainText("works at Initech");
  await page.getByRole("link", { name: "Summary" }).click();
  await expect(page.getByRole("insertion")).toHaveText("works at Initech, Acme before");
  await expect(page.getByRole("deletion")).toHaveText("works at Globex, Acme before");
  await expect(page.getByText("A correction by hand")).toBeVisible();
  await page.getByRole("link", { name: "Facts", exact: true }).click();
  await page.getByRole("textbox", { name: "Search facts" }).fill("initech");
  await expect(page.getByText("1 fact", { exact: true })).toBeVisible();
});

test("by keyboard alone: find, walk, open, move the day, change to the table and correct", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  const { jane } = await makeJobChanger(actor);
  await page.goto(`/users/${jane.uuid}/graph`);
  await expect(page.getByRole("application", { name: "Graph" })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("acme");
  await expect(page.getByRole("option", { name: /Acme/ })).toBeVisible();
  await page.keyboard.press("Enter");
  const panel = findPanel(page);
  await expect(panel.getByRole("heading", { name: "Acme" })).toBeVisible();
  await tabToElement(page, "Graph");
  for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) await page.keyboard.press(key);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/node=/);
  await page.keyboard.press("Escape");
  await expect(panel.getByRole("heading", { name: "Jane Smith" })).toBeVisible();
  await tabToElement(page, "Day");
  await page.keyboard.press("Home");
  await expect(page).toHaveURL(/at=2025-03-01/);
  await page.keyboard.press("End");
  await expect(page).not.toHaveURL(/at=/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("t");
  await expect(page.getByRole("table")).toBeVisible();
  await tabToElement(page, "Globex");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("heading", { name: "Globex" })).toBeVisible();
  await tabToElement(page, "Change: Jane Smith works at Globex");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.getByRole("dialog").getByLabel("What is so").press("ControlOrMeta+a");
  await page.keyboard.type("Jane Smith works at Initech");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("table")).toContainText("works at Initech");
});

test("of a large graph the most relevant are shown, and it says so; more can be loaded, opened, taken back, hidden and joined by a path", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("support");
  await openGraphOf(page, actor, 400, "?as=table");
  const status = findStatus(page);
  await expect(status).toContainText("The 150 most relevant of 401 nodes and 399 facts are loaded.");
  await pickNode(page, "Find a node", "Node 205");
  const panel = findPanel(page);
  await expect(panel.getByRole("heading", { name: "Node 205" })).toBeVisible();
  const neighbour = page.getByText("They know Node 5", { exact: true });
  await expect(neighbour).toHaveCount(0);
  await panel.getByRole("button", { name: "Show neighbours" }).click();
  await expect(page).toHaveURL(/open=/);
  await page.getByRole("combobox", { name: /Around the selected/ }).selectOption("1");
  await expect(page.getByRole("row", { name: /^Node 5 Person/ })).toBeVisible();
  await page.getByRole("combobox", { name: /Around the selected/ }).selectOption("");
  await panel.getByRole("button", { name: "Take neighbours back" }).click();
  await expect(page).not.toHaveURL(/open=/);
  await panel.getByRole("button", { name: "Path to …" }).click();
  await pickNode(page, "Find the other end", "Node 206");
  const path = page.getByRole("region", { name: "Path" });
  await expect(path.getByRole("listitem")).toHaveCount(5);
  await expect(path).toContainText("They know Node 6");
  await path.getByRole("button", { name: "Leave the path" }).click();
  await expect(path).toHaveCount(0);
  await panel.getByRole("button", { name: "Hide" }).click();
  await expect(page.getByRole("button", { name: "Show 1 hidden node" })).toBeVisible();
  await page.getByRole("combobox", { name: /Load at most/ }).selectOption("500");
  await expect(status).toContainText("All 401 nodes are loaded.");
  await expect(status).toContainText("399 nodes");
  await page.getByRole("button", { name: "Show 1 hidden node" }).click();
  await expect(status).toContainText("400 nodes and 399 facts shown.");
  const mentioned = page.getByText("1 node mentioned, of which nothing is known");
  await mentioned.click();
  await page.getByRole("group").filter({ has: mentioned }).getByRole("button").click();
  await expect(panel.getByText("None: it was only mentioned.")).toBeVisible();
});

test("Back brings back what was selected, however far away it is; a path may start at the person", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("support");
  await openGraphOf(page, actor, 400, "?as=table");
  const panel = findPanel(page);
  await panel.getByRole("button", { name: "Path to …" }).click();
  await pickNode(page, "Find the other end", "Node 205");
  await expect(page.getByRole("region", { name: "Path" }).getByRole("listitem")).toHaveCount(3);
  await expect(panel.getByRole("heading", { name: "Jane" })).toBeVisible();
  await pickNode(page, "Find a node", "Node 300");
  await expect(panel.getByRole("heading", { name: "Node 300" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Path" })).toHaveCount(0);
  await panel.getByRole("link", { name: "All facts about this in a table" }).click();
  await expect(page.getByText("1 fact", { exact: true })).toBeVisible();
  await page.goBack();
  await expect(panel.getByRole("heading", { name: "Node 300" })).toBeVisible();
  await expect(page.getByText("not there any more")).toHaveCount(0);
});

/** Waits until the address has stayed the same for so many frames: what moves the picture writes it there. */
async function waitUntilAddressRests(page: Page, frames: number): Promise<void> {
  await page.evaluate(
    (wanted) =>
      new Promise<void>((done) => {
        let [last, still] = [window.location.search, 0];
        const look = () => {
          still = window.location.search === last ? still + 1 : 0;
          last = window.location.search;
          if (still >= wanted) done();
          else requestAnimationFrame(look);
        };
        look();
      }),
    frames,
  );
}

test("Back looks again from where one looked before", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  const jane = await openGraphOf(page, actor, 8);
  await expect.poll(() => db().nodePlace.count({ where: { graphUuid: jane.uuid } })).toBe(8);
  const readCameraMiddle = () => readCamera(page).slice(0, 2);
  await pickNode(page, "Find a node", "Node 3");
  await expect.poll(readCameraMiddle).not.toEqual([0.5, 0.5]);
  await waitUntilAddressRests(page, 40);
  const before = readCameraMiddle();
  await pickNode(page, "Find a node", "Node 6");
  await expect.poll(readCameraMiddle).not.toEqual(before);
  await waitUntilAddressRests(page, 40);
  await page.goBack();
  await expect(findPanel(page).getByRole("heading", { name: "Node 3" })).toBeVisible();
  await expect.poll(readCameraMiddle).toEqual(before);
  // The address tells what the picture shows: coming closer keeps the middle.
  const [, , ratio] = readCamera(page);
  await waitUntilAddressRests(page, 40);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(() => readCamera(page)[2]).not.toBe(ratio);
  expect(readCameraMiddle()).toEqual(before);
});

test("where nodes came to stand is kept, so that a second visit lays out nothing", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  const jane = await openGraphOf(page, actor, 30);
  const listKeptPlaces = () =>
    db().nodePlace.findMany({ where: { graphUuid: jane.uuid }, orderBy: { nodeUuid: "asc" } });
  await expect.poll(async () => (await listKeptPlaces()).length).toBe(30);
  const first = await listKeptPlaces();
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await page.reload();
  await expect(page.getByRole("application", { name: "Graph" })).toBeVisible();
  // Longer than the forces may work, which is a second and a half.
  await waitUntilAddressRests(page, 150);
  expect(sent).toEqual([]);
  expect(await listKeptPlaces()).toEqual(first);
});

test.describe("on a phone", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("fingers move and pinch the picture, open a node, and take one along to where it then stays", async ({
    page,
    signIn,
  }) => {
    const { actor } = await signIn("support");
    const jane = await openGraphOf(page, actor, 8);
    const listKeptPlaces = () => db().nodePlace.findMany({ where: { graphUuid: jane.uuid } });
    await expect.poll(async () => (await listKeptPlaces()).length).toBe(8);
    const box = await page.getByRole("application", { name: "Graph" }).boundingBox();
    if (!box) throw new Error("There is no picture.");
    // The person stands in the middle of the picture.
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const corner = { x: box.x + 12, y: box.y + 12 };

    const touch = await makeFingers(page);
    await touch([corner], [{ x: corner.x + 80, y: corner.y + 40 }]);
    await expect.poll(() => readCamera(page)[0]).toBeLessThan(0.5);
    const [, , before = 1] = readCamera(page);
    await touch([corner, { x: corner.x + 40, y: corner.y }], [corner, { x: corner.x + 160, y: corner.y + 60 }]);
    await expect.poll(() => readCamera(page)[2]).toBeLessThan(before);

    await page.goto(`/users/${jane.uuid}/graph`);
    await page.touchscreen.tap(middle.x, middle.y);
    await expect(findPanel(page).getByRole("heading", { name: "Jane" })).toBeVisible();
    await touch([middle], [{ x: middle.x + 60, y: middle.y + 60 }]);
    await expect.poll(async () => (await listKeptPlaces()).filter(({ pinned }) => pinned).length).toBe(1);
  });
});

test("without WebGL the graph is drawn all the same and nodes are chosen in it", async ({ page, signIn }) => {
  const { actor } = await signIn("support");
  const { jane } = await makeJobChanger(actor);
  await page.addInitScript(() => {
    const given = HTMLCanvasElement.prototype.getContext;
    Object.defineProperty(HTMLCanvasElement.prototype, "getContext", {
      value: function getContext(this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
        return kind.includes("webgl") ? null : Reflect.apply(given, this, [kind, ...rest]);
      },
    });
  });
  await page.goto(`/users/${jane.uuid}/graph`);
  const drawing = page.getByRole("application", { name: "Graph" }).locator("svg");
  await drawing.getByText("Acme").click();
  await expect(page.getByRole("heading", { name: "Acme" })).toBeVisible();
});

test("what is shown can be taken out as JSON and as a PNG by who may, and the audit trail tells", async ({
  page,
  signIn,
}) => {
  const { actor } = await signIn("privacy");
  const { jane } = await makeJobChanger(actor);
  await page.goto(`/users/${jane.uuid}/graph`);
  await expect(page.getByRole("application", { name: "Graph" }).locator("canvas").first()).toBeVisible();
  for (const [item, name] of [
    ["JSON of what is shown", "graph.json"],
    ["PNG of the picture", "graph.png"],
  ] as const) {
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: item }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe(name);
    const bytes = readFileSync(await file.path());
    if (name === "graph.png") expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    else
      expect(JSON.parse(bytes.toString()).facts.map(({ fact }: { fact: string }) => fact)).toContain(
        "Jane Smith works at Globex",
      );
  }
  const events = await db().auditEvent.findMany({
    where: { projectUuid: actor.projectUuid, action: "graph.exported" },
  });
  expect(events).toHaveLength(2);
  await signIn("support", actor.projectUuid);
  await page.reload();
  await expect(page.getByRole("button", { name: "As a table" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Export" })).toHaveCount(0);
});

function findPanel(page: Page) {
  return page.getByRole("complementary", { name: "The selected node" });
}

function findStatus(page: Page) {
  return page.getByText(/nodes? and .* shown/);
}

/** Opens the graph of somebody about whom so much is known. */
async function openGraphOf(page: Page, actor: SignedIn, size: number, query = "") {
  const jane = await makeUser(actor, { firstName: "Jane" });
  await makeGraph(actor, jane.uuid, size);
  await page.goto(`/users/${jane.uuid}/graph${query}`);
  return jane;
}

/** The middle of what is in sight and how much of it, as the address tells. */
function readCamera(page: Page): number[] {
  return new URL(page.url()).searchParams.get("cam")?.split("_").map(Number) ?? [0.5, 0.5, 1];
}

/** Puts fingers down, moves them in a straight line and lifts them. */
async function makeFingers(page: Page) {
  const client = await page.context().newCDPSession(page);
  const STEPS = 8;
  return async (from: Point[], to: Point[]) => {
    const movePoints = (share: number) =>
      from.map(({ x, y }, finger) => ({
        x: x + ((to[finger]?.x ?? x) - x) * share,
        y: y + ((to[finger]?.y ?? y) - y) * share,
        id: finger,
      }));
    await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: movePoints(0) });
    for (let step = 1; step <= STEPS; step += 1)
      await client.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: movePoints(step / STEPS) });
    await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
}

interface Point {
  x: number;
  y: number;
}

/** Types a name and takes what is found. */
async function pickNode(page: Page, finder: string, name: string): Promise<void> {
  await page.getByRole("combobox", { name: finder }).fill(name);
  await page.getByRole("option", { name: new RegExp(name) }).click();
}

/** Presses Tab until the element of this name has the focus. */
async function tabToElement(page: Page, name: string): Promise<void> {
  for (let pressed = 0; pressed < 80; pressed += 1) {
    await page.keyboard.press("Tab");
    const reached = await page.evaluate(() => {
      const at = document.activeElement;
      return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
    });
    if (reached === name) return;
  }
  throw new Error(`Tab never reached ${name}.`);
}
