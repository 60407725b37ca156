import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import { build } from "esbuild";
import { makeGraphView } from "#bench/graph/made-graph.ts";
import { findBrowser } from "#scripts/browser.ts";

const ROOT = resolve(import.meta.dirname, "..");
const SIZES = [500, 1_000, 5_000, 10_000, 50_000];
/** How long one drags, and how long one turns the wheel. */
const MOVING_MS = 3_000;

interface Drawer {
  name: string;
  entry: string;
  /** The largest graph it is tried on: past that it keeps a processor busy for minutes. */
  most: number;
  /** Whether it is handed the places that nodes came to stand at. */
  placed: boolean;
}

const DRAWERS: Drawer[] = [
  { name: "Lethe", entry: "draw-lethe.ts", most: 50_000, placed: true },
  { name: "Lethe, first visit", entry: "draw-lethe.ts", most: 50_000, placed: false },
  { name: "sigma", entry: "draw-sigma.ts", most: 50_000, placed: true },
  { name: "cytoscape", entry: "draw-cytoscape.ts", most: 10_000, placed: true },
  { name: "d3 in SVG", entry: "draw-svg.ts", most: 5_000, placed: false },
];

interface Measurement {
  /** Milliseconds from the graph in memory to its second frame. */
  first: number;
  /** Frames a second while it is dragged, and while the wheel is turned. */
  pan: number;
  zoom: number;
  /** Milliseconds of script per frame while it is dragged. */
  script: number;
  /** The longest that the page was held up in one go, from the first frame to the end of all layout. */
  held: number;
}

/** Draws graphs of several sizes with Lethe's picture and with three others in one headless browser, and tells how they compare. */
export async function benchGraph(sizes = SIZES): Promise<number> {
  const scripts = new Map<string, { text: string; kilobytes: number }>();
  for (const { entry } of DRAWERS) if (!scripts.has(entry)) scripts.set(entry, await bundleDrawer(entry));
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ["--disable-gpu", "--enable-unsafe-swiftshader"],
  });
  const results = new Map<string, Measurement>();
  try {
    for (const size of sizes)
      for (const drawer of DRAWERS) {
        if (size > drawer.most) continue;
        process.stderr.write(`\r${size} nodes: ${drawer.name}\u001b[K`);
        const script = scripts.get(drawer.entry)?.text ?? "";
        results.set(`${size} ${drawer.name}`, await measureDrawer(browser, script, size, drawer.placed));
      }
  } finally {
    await browser.close();
  }
  process.stderr.write("\r\u001b[K");
  printReport(results, scripts);
  return 0;
}

/** A drawer with all it loads at once; what it loads when asked stays out. */
async function bundleDrawer(entry: string): Promise<{ text: string; kilobytes: number }> {
  const { outputFiles } = await build({
    entryPoints: [resolve(ROOT, "bench/graph", entry)],
    bundle: true,
    minify: true,
    format: "iife",
    external: ["@sigma/export-image"],
    define: { "process.env.NODE_ENV": '"production"' },
    write: false,
    logLevel: "error",
  });
  const text = outputFiles[0]?.text ?? "";
  return { text, kilobytes: gzipSync(text, { level: 9 }).length / 1_024 };
}

const HTML = `<!doctype html><style>
  body { margin: 0; font: 14px sans-serif; --raised: #fffdf9; --ink: #1d2227; --river: #175a87; --edge: #8d857a; --hairline: #e3dbcc; --ended: #6b5d7a;
    --kind-person: #b5562b; --kind-organization: #0f7a78; --kind-place: #6d7f1e; --kind-event: #b03a72; --kind-product: #4c5fb8; --kind-topic: #977400 }
  #place { position: absolute; inset: 0 }
</style><div id="place"></div>`;

async function measureDrawer(browser: Browser, script: string, size: number, placed: boolean): Promise<Measurement> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } });
  try {
    await page.setContent(HTML);
    await page.addScriptTag({ content: script });
    const view = makeGraphView(size);
    const nodes = placed ? view.nodes : view.nodes.map((node) => ({ ...node, x: null, y: null }));
    await page.evaluate((graph) => Object.assign(globalThis, { graph }), { ...view, nodes });
    const first = await page.evaluate(measureFirstPaint);
    // Layout may go on for a while after something is seen.
    await page.waitForTimeout(3_000);
    const held = await page.evaluate(() => Reflect.get(globalThis, "held")());
    const client = await page.context().newCDPSession(page);
    await client.send("Performance.enable");
    const panned = await measureMoving(page, client, dragPage);
    const zoomed = await measureMoving(page, client, turnWheel);
    return { first, held, pan: panned.fps, script: panned.script, zoom: zoomed.fps };
  } finally {
    await page.close();
  }
}

/** Runs in the page. */
async function measureFirstPaint(): Promise<number> {
  const tasks: PerformanceEntry[] = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: "longtask" });
  const place = document.getElementById("place");
  const waitForFrame = () => new Promise((done) => requestAnimationFrame(done));
  const start = performance.now();
  if (place) globalThis.drawGraph(place, Reflect.get(globalThis, "graph"));
  await waitForFrame();
  await waitForFrame();
  const seen = performance.now();
  const listLaterTasks = () => tasks.filter(({ startTime }) => startTime > seen);
  Object.assign(globalThis, { held: () => Math.max(0, ...listLaterTasks().map(({ duration }) => duration)) });
  return seen - start;
}

async function measureMoving(page: Page, client: CDPSession, move: (page: Page, until: number) => Promise<void>) {
  const readScriptMs = async () => {
    const { metrics } = await client.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "ScriptDuration")?.value ?? 0) * 1_000;
  };
  await page.evaluate(() => {
    const counted = { frames: 0 };
    const countFrame = () => {
      counted.frames += 1;
      requestAnimationFrame(countFrame);
    };
    requestAnimationFrame(countFrame);
    Object.assign(globalThis, { counted });
  });
  const readFrames = () => page.evaluate((): number => Reflect.get(globalThis, "counted").frames);
  const [before, script, start] = [await readFrames(), await readScriptMs(), performance.now()];
  await move(page, start + MOVING_MS);
  const [after, scriptAfter, end] = [await readFrames(), await readScriptMs(), performance.now()];
  const seen = Math.max(1, after - before);
  return { fps: (seen * 1_000) / (end - start), script: (scriptAfter - script) / seen };
}

async function dragPage({ mouse }: Page, until: number): Promise<void> {
  // Within the margin that all of them leave: in the middle one would take hold of a node.
  await mouse.move(8, 8);
  await mouse.down();
  for (let step = 0; performance.now() < until; step += 1)
    await mouse.move(208 + 200 * Math.sin(step / 12 - Math.PI / 2), 8 + 120 * (1 - Math.cos(step / 12)));
  await mouse.up();
}

async function turnWheel({ mouse }: Page, until: number): Promise<void> {
  for (let step = 0; performance.now() < until; step += 1) await mouse.wheel(0, step % 40 < 20 ? -60 : 60);
}

function printReport(results: Map<string, Measurement>, scripts: Map<string, { kilobytes: number }>): void {
  const table = [...results].map(([what, { first, pan, zoom, script, held }]) => ({
    what,
    "first ms": Math.round(first),
    "pan fps": pan.toFixed(1),
    "zoom fps": zoom.toFixed(1),
    "script ms/frame": script.toFixed(2),
    "held ms": Math.round(held),
  }));
  console.table(table);
  for (const [entry, { kilobytes }] of scripts) console.log(`${entry}: ${kilobytes.toFixed(1)} kB gzipped`);
  const findResult = (size: number, name: string) => results.get(`${size} ${name}`);
  const [small, svgSmall] = [findResult(1_000, "Lethe"), findResult(1_000, "d3 in SVG")];
  const [large, svgLarge] = [findResult(5_000, "Lethe"), findResult(5_000, "d3 in SVG")];
  const aims: [string, number | undefined, "≥" | "≤", number][] = [
    ["G6  1,000 nodes, panning against SVG", computeRatio(small?.pan, svgSmall?.pan), "≥", 10],
    ["G6  1,000 nodes, first paint against SVG", computeRatio(svgSmall?.first, small?.first), "≥", 3],
    ["G6  5,000 nodes, panning against SVG", computeRatio(large?.pan, svgLarge?.pan), "≥", 50],
    ["G6  5,000 nodes, first paint against SVG", computeRatio(svgLarge?.first, large?.first), "≥", 15],
    ["G7  10,000 nodes, script ms a frame", findResult(10_000, "Lethe")?.script, "≤", 2],
    ["G7  50,000 nodes, script ms a frame", findResult(50_000, "Lethe")?.script, "≤", 3],
    ["G8  script of the picture, kB gzipped", scripts.get("draw-lethe.ts")?.kilobytes, "≤", 60],
    ["G9  5,000 nodes, longest hold-up of a first visit, ms", findResult(5_000, "Lethe, first visit")?.held, "≤", 100],
  ];
  for (const [aim, value, way, bound] of aims) {
    if (value === undefined) continue;
    const met = way === "≥" ? value >= bound : value <= bound;
    console.log(`${met ? "met   " : "missed"}  ${aim}: ${value.toFixed(2)} (aim ${way} ${bound})`);
  }
}

function computeRatio(whole: number | undefined, part: number | undefined): number | undefined {
  return whole === undefined || part === undefined ? undefined : whole / part;
}
