import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";

const ROOT = resolve(import.meta.dirname, "..");

/** What the core offers to those who carry requests: reads, writes, and files named for their noun. */
const CORE = [
  /^lib\/[^/]+\/(schema|queries|mutations)\.ts$/,
  /^lib\/(users|sessions)\/erasure\.ts$/,
  /^lib\/graph\/(search|stating|correcting|cloning|neighbourhood)\.ts$/,
];

/** The law: which files it is about, and what they may import. The first line that fits a file decides. */
const LAW: { place: string; files: RegExp; may: RegExp[]; never?: RegExp[] }[] = [
  {
    place: "a page or a part of one",
    files: /^app\/(?!api\/).*(\.tsx|\/use-[^/]+\.ts)$/,
    may: [
      /^app\//,
      /^components\//,
      /^lib\/[^/]+\/(queries|schema)\.ts$/,
      /^lib\/(page|errors|format|pagination)\.ts$/,
    ],
    never: [/^lib\/[^/]+\/mutations\.ts$/],
  },
  {
    place: "an action",
    files: /(^|\/)actions\.ts$/,
    may: [/^lib\/action\.ts$/, /^lib\/[^/]+\/(schema|mutations|queries|export|erasure)\.ts$/],
  },
  {
    place: "a table's URL",
    files: /^app\/.*\/search-params\.ts$/,
    may: [/^components\/data-table\/view\.ts$/, /^lib\/[^/]+\/schema\.ts$/],
  },
  {
    place: "a page's read: from the URL to its queries",
    files: /^app\/.*\/read\.ts$/,
    may: [/^app\/.*\/search-params\.ts$/, /^lib\/[^/]+\/(queries|schema)\.ts$/, /^lib\/sealed-text\.ts$/],
  },
  {
    place: "a handler of the API: a declaration over the core and the wire's shapes",
    files: /^app\/api\/v2\/.*route\.ts$/,
    may: [/^lib\/(route|uuid)\.ts$/, /^lib\/zep\//, ...CORE],
  },
  {
    place: "a route handler",
    files: /^app\/.*route\.ts$/,
    may: [
      /^app\/.*\/read\.ts$/,
      /^lib\/console-read\.ts$/,
      /^lib\/[^/]+\/(schema|queries|mutations)\.ts$/,
      /^lib\/sealed-text\.ts$/,
    ],
  },
  {
    place: "a primitive that could ship in another product",
    files: /^components\/ui\//,
    may: [/^components\/ui\//, /^lib\/(format|errors)\.ts$/],
  },
  {
    place: "the one table, which knows no domain",
    files: /^components\/data-table\//,
    may: [/^components\/(ui|data-table)\//, /^lib\/(format|errors|pagination)\.ts$/],
  },
  {
    place: "a view that routes share",
    files: /^components\//,
    may: [/^components\//, /^lib\/[^/]+\/schema\.ts$/, /^lib\/(format|errors)\.ts$/],
  },
  {
    place: "a schema, which runs anywhere",
    files: /^lib\/[^/]+\/schema\.ts$/,
    may: [/^lib\/(pagination|validation)\.ts$/, /^lib\/[^/]+\/schema\.ts$/, /^lib\/auth\/permissions\.ts$/],
    never: [/^prisma\//],
  },
  { place: "permissions, which are pure", files: /^lib\/auth\/permissions\.ts$/, may: [/^lib\/errors\.ts$/] },
  {
    place: "the wire contract, which knows types and shapes but no rows",
    files: /^lib\/zep\//,
    may: [/^lib\/zep\//, /^lib\/[^/]+\/schema\.ts$/, /^lib\/(validation|uuid)\.ts$/],
  },
  {
    place: "the audit trail",
    files: /^lib\/audit\//,
    may: [/^lib\/(audit|auth|db)\//, /^lib\/(errors|pagination)\.ts$/, /^prisma\//],
  },
  {
    place: "who acts",
    files: /^lib\/auth\//,
    may: [/^lib\/(audit|auth|db)\//, /^lib\/(env|errors)\.ts$/, /^prisma\//],
  },
  {
    place: "the database",
    files: /^lib\/db\//,
    may: [/^lib\/db\//, /^lib\/(env|errors|pagination|validation)\.ts$/, /^prisma\//],
  },
  { place: "the core", files: /^lib\//, may: [/^lib\//, /^prisma\//] },
];

/** Permissions say what to show; gates and handlers in app may read them, and the way a sign-in is offered. */
const EVERYWHERE = [/^lib\/auth\/permissions\.ts$/];
const SIGN_IN = /^app\/((sign-in|api\/auth|api\/health)\/|unauthorized\.tsx)/;
const SIGN_IN_MAY = [/^lib\/auth\/options\.ts$/, /^lib\/db\/health\.ts$/];

/** Only what carries a request in or out knows the framework. */
const TRANSPORT = /^(app|components)\/|^lib\/(action|page|console-read)\.ts$/;
const FRAMEWORK = /^(next(\/|$)|react(-dom)?(\/|$))/;

const files = globSync("{app,components,lib}/**/*.{ts,tsx}", { cwd: ROOT }).filter(
  (file) => !file.endsWith(".test.ts"),
);

test("every file of app, components and lib imports only what its place allows", () => {
  assert.ok(files.length > 100, "the sources were found");
  const offences: string[] = [];
  for (const file of files) {
    const law = LAW.find(({ files: pattern }) => pattern.test(file));
    for (const { target, typeOnly } of importsOf(file)) {
      if (law?.never?.some((pattern) => pattern.test(target))) offences.push(`${file} → ${target} (${law.place})`);
      // A type is gone at run time; it couples nothing that the law is about.
      if (typeOnly) continue;
      const allowed = [...(law?.may ?? []), ...EVERYWHERE, ...(SIGN_IN.test(file) ? SIGN_IN_MAY : [])];
      const sibling = dirname(target) === dirname(file) && file.startsWith("app/");
      if (!sibling && !allowed.some((pattern) => pattern.test(target)))
        offences.push(`${file} → ${target} (${law?.place})`);
    }
  }
  assert.deepEqual(offences, []);
});

test("a part that runs in the browser reaches no query, mutation or database at run time", () => {
  const offences = files
    .filter((file) => /^"use client";/m.test(read(file)))
    .flatMap((file) =>
      importsOf(file)
        .filter(
          ({ target, typeOnly }) =>
            !typeOnly && /^lib\/(.*\/(queries|mutations|export)\.ts|db\/|env|action)|^prisma\//.test(target),
        )
        .map(({ target }) => `${file} → ${target}`),
    );
  assert.deepEqual(offences, []);
});

test("the core knows neither React nor Next, and only lib/env.ts reads the environment", () => {
  const framework = files.filter(
    (file) => !TRANSPORT.test(file) && packagesOf(file).some((name) => FRAMEWORK.test(name)),
  );
  assert.deepEqual(framework, []);
  const environment = files.filter((file) => file !== "lib/env.ts" && read(file).includes("process.env"));
  assert.deepEqual(environment, []);
});

test("domains read each other through queries, without cycles, and Prisma is asked in lib alone", () => {
  const prisma = files.filter(
    (file) => !file.startsWith("lib/") && importsOf(file).some(({ target }) => target.startsWith("prisma/")),
  );
  assert.deepEqual(prisma, []);
  const cycles = files.filter((file) => file.startsWith("lib/") && reaches(file, file, new Set()));
  assert.deepEqual(cycles, []);
});

test("the wire's names are known to the API alone, and a handler is a declaration of at most forty lines", () => {
  const knowing = files.filter((file) => importsOf(file).some(({ target }) => target.startsWith("lib/zep/")));
  assert.deepEqual(
    knowing.filter((file) => !/^(app\/api\/v2|lib\/zep)\//.test(file)),
    [],
  );
  const handlers = files.filter((file) => /^app\/api\/v2\/.*route\.ts$/.test(file));
  assert.ok(handlers.length > 50, "the handlers were found");
  assert.deepEqual(
    handlers.filter((file) => read(file).trimEnd().split("\n").length > 40),
    [],
  );
});

test("every page is in the permission table, and gates itself with its own entry, or is open to anyone", async () => {
  const { OPEN_PAGES, PAGES } = await import("#lib/auth/permissions.ts");
  const pages = globSync("app/(console)/**/page.tsx", { cwd: ROOT });
  const routes = pages.map((file) => file.replace(/^app\/\(console\)|\/page\.tsx$/g, ""));
  assert.deepEqual(routes.toSorted(), [...Object.keys(PAGES), ...OPEN_PAGES].sort());
  for (const [index, route] of routes.entries()) {
    if (!OPEN_PAGES.includes(route))
      assert.match(read(pages[index] ?? ""), new RegExp(`await gate\\("${literal(route)}"\\)`));
  }
});

test("there is no escape from the types: no any, no cast, no ignored error", () => {
  const escapes = files.filter((file) =>
    /\bas (?!const\b)[A-Z{(]|: any\b|<any>|@ts-(ignore|expect-error|nocheck)/.test(code(file)),
  );
  assert.deepEqual(escapes, []);
});

function literal(text: string): string {
  return text.replace(/[[\]]/g, "\\$&");
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** The file without comments, strings and imports. */
function code(file: string): string {
  return read(file)
    .replace(/^import [\s\S]*?;$/gm, "")
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
    .replace(/`[^`]*`|"[^"\n]*"/g, '""');
}

const IMPORT = /^(?:import|export)\s+(type\s+)?([^"';]*?)\s*(?:from\s+)?"([^"]+)";|import\("([^"]+)"\)/gm;

function importsOf(file: string): { target: string; typeOnly: boolean }[] {
  return [...read(file).matchAll(IMPORT)].flatMap(([, type, names = "", from, dynamic]) => {
    const source = from ?? dynamic ?? "";
    if (!source.startsWith("#")) {
      assert.ok(!source.startsWith("."), `${file} imports ${source}: name files from the root, as #lib/…`);
      return [];
    }
    const inline = names.startsWith("{") && [...names.matchAll(/[\w$]+(?: as \w+)?\s*[,}]/g)].length > 0;
    const onlyTypes = inline && !/[{,]\s*(?!type\s)[\w$]/.test(names);
    return [{ target: source.slice(1), typeOnly: type !== undefined || onlyTypes }];
  });
}

function packagesOf(file: string): string[] {
  return [...read(file).matchAll(IMPORT)].map(([, , , from, dynamic]) => from ?? dynamic ?? "");
}

function reaches(from: string, goal: string, seen: Set<string>): boolean {
  return importsOf(from).some(({ target, typeOnly }) => {
    if (typeOnly || !target.startsWith("lib/")) return false;
    if (target === goal) return true;
    if (seen.has(target)) return false;
    seen.add(target);
    return reaches(target, goal, seen);
  });
}
