import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";

const ROOT = resolve(import.meta.dirname, "..");

const files = globSync("{app,components,lib}/**/*.{ts,tsx}", { cwd: ROOT }).filter(
  (file) => !file.endsWith(".test.ts"),
);

/** A domain is a folder of lib that answers questions or takes orders; every other folder of lib is a tool. */
const DOMAINS = new Set(
  files.filter((file) => /^lib\/.+\/(queries|mutations)\.ts$/.test(file)).flatMap((file) => findDomain(file) ?? []),
);

const DOMAIN = new RegExp(`^lib/(${[...DOMAINS].join("|")})/`);

/** What a domain shows: terms and shapes, and what somebody may ask of it or have it do. */
const SCHEMA = /^lib\/.+\/(schema|terms)\.ts$/;
/** What of a domain is personal, table by table: data, which privacy alone reads. */
const STORE = /^lib\/.+\/store\.ts$/;
const READS = /^lib\/.+\/(queries|schema|terms)\.ts$/;

/** The law: which files it is about, and what they may import. The first line that fits a file decides. */
const LAW: { place: string; files: RegExp; may: RegExp[] }[] = [
  {
    place: "a page or a part of one",
    files: /^app\/(?!api\/).*(\.tsx|\/use-[^/]+\.ts)$/,
    may: [/^app\//, /^components\//, READS, /^lib\/(page|errors|format|json|pagination|relations)\.ts$/],
  },
  { place: "an action", files: /(^|\/)actions\.ts$/, may: [/^lib\/action\.ts$/, DOMAIN] },
  {
    place: "a table's URL",
    files: /^app\/.*\/search-params\.ts$/,
    may: [/^components\/data-table\/view\.ts$/, SCHEMA],
  },
  {
    place: "a page's read: from the URL to its queries",
    files: /^app\/.*\/load\.ts$/,
    may: [/^app\/.*\/search-params\.ts$/, READS, /^lib\/sealed-text\.ts$/],
  },
  {
    place: "a handler of the API: a declaration over the core and the wire's shapes",
    files: /^app\/api\/(v2|privacy)\/.*route\.ts$/,
    may: [/^lib\/(route|uuid)\.ts$/, /^lib\/zep\//, DOMAIN],
  },
  {
    place: "a route handler",
    files: /^app\/.*route\.ts$/,
    may: [/^app\/.*\/load\.ts$/, /^lib\/(console-read|link-answer|sealed-text)\.ts$/, DOMAIN],
  },
  {
    place: "a primitive that could ship in another product",
    files: /^components\/ui\//,
    may: [/^components\/ui\//, /^lib\/(format|errors|json)\.ts$/],
  },
  {
    place: "the one table, which knows no domain",
    files: /^components\/data-table\//,
    may: [/^components\/(ui|data-table)\//, /^lib\/(format|errors|pagination)\.ts$/],
  },
  {
    place: "a view that routes share",
    files: /^components\//,
    may: [/^components\//, SCHEMA, /^lib\/(format|errors)\.ts$/],
  },
  {
    place: "a schema, which runs anywhere",
    files: SCHEMA,
    may: [/^lib\/(pagination|validation|relations)\.ts$/, SCHEMA, /^lib\/auth\/permissions\.ts$/],
  },
  { place: "permissions, which are pure", files: /^lib\/auth\/permissions\.ts$/, may: [/^lib\/errors\.ts$/] },
  {
    place: "the wire contract, which knows types and shapes but no rows",
    files: /^lib\/zep\//,
    may: [/^lib\/zep\//, SCHEMA, /^lib\/(json|validation|uuid)\.ts$/],
  },
  {
    place: "the audit trail",
    files: /^lib\/audit\//,
    may: [/^lib\/(audit|auth|db|keys)\//, /^lib\/(env|errors|pagination)\.ts$/, /^prisma\//],
  },
  { place: "who acts", files: /^lib\/auth\//, may: [/^lib\/(auth|db)\//, /^lib\/(env|errors)\.ts$/, /^prisma\//] },
  {
    place: "the database",
    files: /^lib\/db\//,
    may: [/^lib\/db\//, /^lib\/(env|errors|json|pagination|validation)\.ts$/, /^prisma\//],
  },
  { place: "the core", files: /^lib\//, may: [/^lib\//, /^prisma\//] },
];

/**
 * Permissions say what to show; gates and handlers in app may read them, and the way a sign-in is offered. The rows of the
 * vocabulary are plain data.
 */
const EVERYWHERE = [/^lib\/auth\/permissions\.ts$/, /^lib\/relations\/\w+\.ts$/];
const SIGN_IN = /^app\/((sign-in|api\/auth|api\/health)\/|unauthorized\.tsx)/;
const SIGN_IN_MAY = [/^lib\/sign-in\//, /^lib\/db\/health\.ts$/];

/** Only what carries a request in or out knows the framework. */
const TRANSPORT = /^(app|components)\/|^lib\/(action|page|console-read)\.ts$/;
const FRAMEWORK = /^(next(\/|$)|react(-dom)?(\/|$))/;

test("every file of app, components and lib imports only what its place allows", () => {
  assert.ok(files.length > 100, "the sources were found");
  const offences: string[] = [];
  for (const file of files) {
    const law = LAW.find(({ files: pattern }) => pattern.test(file));
    for (const { target, names } of listImports(file)) {
      // A type is gone at run time; what it couples is told by the order of the folders.
      if (names?.length === 0) continue;
      const allowed = [...(law?.may ?? []), ...EVERYWHERE, ...(SIGN_IN.test(file) ? SIGN_IN_MAY : [])];
      const sibling = dirname(target) === dirname(file) && file.startsWith("app/");
      if (!sibling && !allowed.some((pattern) => pattern.test(target)))
        offences.push(`${file} → ${target} (${law?.place})`);
    }
  }
  assert.deepEqual(offences, []);
});

test("what is had of a domain is a shape, an operation that asks who acts, or a step of one's own transaction", () => {
  const offences: string[] = [];
  for (const file of files) {
    const own = findDomain(file);
    const carries = file.startsWith("app/") || file.startsWith("components/");
    if (!carries && !(own && DOMAINS.has(own))) continue;
    for (const { target, names } of listImports(file)) {
      const domain = findDomain(target);
      if (!domain || domain === own || !DOMAINS.has(domain) || SCHEMA.test(target)) continue;
      if (own === "privacy" && STORE.test(target)) continue;
      for (const name of names ?? ["the whole module"]) {
        const first = readFirstParameter(target, name);
        const operation = first === "actor" && (carries || /\/queries\.ts$/.test(target));
        if (!operation && !(first === "tx" && !carries)) offences.push(`${file} → ${target}: ${name}`);
      }
    }
  }
  assert.deepEqual(offences, []);
});

test("nothing depends on privacy but what starts it, and a store is privacy's alone", () => {
  const offences = files.flatMap((file) =>
    listImports(file)
      .filter(
        ({ target }) =>
          (/^lib\/privacy\//.test(target) && !/^(app|lib\/(privacy|jobs|zep))\//.test(file)) ||
          (STORE.test(target) && !file.startsWith("lib/privacy/") && findDomain(file) !== findDomain(target)),
      )
      .map(({ target }) => `${file} → ${target}`),
  );
  assert.deepEqual(offences, []);
});

test("in every folder of lib what lies side by side, files and folders as wholes, has an order of dependence", () => {
  const edges = files
    .filter((file) => file.startsWith("lib/"))
    .flatMap((file) =>
      listImports(file)
        .filter(({ target }) => target.startsWith("lib/"))
        .map(({ target }) => [file, target] as const),
    );
  const folders = new Set(edges.flat().flatMap((file) => listFolders(file)));
  assert.deepEqual(
    [...folders].flatMap((folder) => listCycles(folder, edges)),
    [],
  );
});

test("a tenant predicate is spelled in one place", () => {
  const spelled = files.filter(
    (file) =>
      file !== "lib/db/scope.ts" &&
      /\bproject_uuid\s*(=|<>|IN\b)|\}(::uuid)?\s*=\s*(\w+\.)?project_uuid|\bprojectUuid_\w+:\s*\{\s*projectUuid\b|\bwhere:?\s*=?\s*\{\s*projectUuid\b/.test(
        readSource(file),
      ),
  );
  assert.deepEqual(spelled, []);
});

/** What the browser gets of these files: they and all they import at run time, without the actions, which stay on the server. */
function listBrowserFiles(entries: string[]): string[] {
  const reached = new Set<string>();
  const follow = (file: string) => {
    if (reached.has(file) || !files.includes(file) || /^"use server";/m.test(readSource(file))) return;
    reached.add(file);
    for (const { target, names } of listImports(file)) if (names?.length !== 0) follow(target);
  };
  entries.forEach(follow);
  assert.ok(reached.size > 0);
  return [...reached];
}

test("what runs in the browser reaches no query, mutation or database at run time", () => {
  const entries = files.filter((file) => /^"use client";/m.test(readSource(file)));
  const offences = listBrowserFiles(entries).flatMap((file) =>
    listImports(file)
      .filter(({ target, names }) => names?.length !== 0 && /^prisma\/|^lib\/.+\//.test(target))
      .filter(({ target }) => !SCHEMA.test(target) && !EVERYWHERE.some((pattern) => pattern.test(target)))
      .map(({ target }) => `${file} → ${target}`),
  );
  assert.deepEqual(offences, []);
});

test("a table brings no schema to the browser, since a library of schemas weighs more than the table", () => {
  const tables = files.filter((file) => /-table\.tsx$/.test(file));
  assert.deepEqual(
    listBrowserFiles(tables).filter((file) => listPackages(file).includes("zod")),
    [],
  );
});

test("the core knows neither React nor Next, and only lib/env.ts reads the environment", () => {
  const framework = files.filter(
    (file) => !TRANSPORT.test(file) && listPackages(file).some((name) => FRAMEWORK.test(name)),
  );
  assert.deepEqual(framework, []);
  const environment = files.filter((file) => file !== "lib/env.ts" && readSource(file).includes("process.env"));
  assert.deepEqual(environment, []);
});

test("Prisma is asked in lib alone", () => {
  const prisma = files.filter(
    (file) => !file.startsWith("lib/") && listImports(file).some(({ target }) => target.startsWith("prisma/")),
  );
  assert.deepEqual(prisma, []);
});

test("the wire's names are known to the API alone, and a handler is a declaration of at most forty lines", () => {
  const knowing = files.filter((file) => listImports(file).some(({ target }) => target.startsWith("lib/zep/")));
  assert.deepEqual(
    knowing.filter((file) => !/^(app\/api\/(v2|privacy)|lib\/zep)\//.test(file)),
    [],
  );
  const handlers = files.filter((file) => /^app\/api\/v2\/.*route\.ts$/.test(file));
  assert.ok(handlers.length > 50, "the handlers were found");
  assert.deepEqual(
    handlers.filter((file) => readSource(file).trimEnd().split("\n").length > 40),
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
      assert.match(readSource(pages[index] ?? ""), new RegExp(`await authorizePage\\("${escapeBrackets(route)}"\\)`));
  }
});

test("there is no escape from the types: no any, no cast, no ignored error", () => {
  const escapes = files.filter((file) =>
    /\bas (?!const\b)[A-Z{(]|: any\b|<any>|@ts-(ignore|expect-error|nocheck)/.test(stripComments(file)),
  );
  assert.deepEqual(escapes, []);
});

test("rows of hand-written statements are checked by their shape, never taken at their word", () => {
  const unchecked = files.filter(
    (file) => file !== "lib/db/rows.ts" && /\$queryRaw(Unsafe)?\s*</.test(readSource(file)),
  );
  assert.deepEqual(unchecked, []);
});

/** Where names are written for others to read: the wire contract, the lines of a file, what models are asked and answer. */
const NAMES_FOR_OTHERS = /^lib\/(zep\/|transfer\/(edit-)?records\.ts$|extraction\/model\/)/;
const SNAKE_CASE = /\b[a-z]+(?:_[a-z0-9]+)+\b/g;

test("the wire contract's names stand where the wire is written and read, and nowhere else", () => {
  const listNames = (file: string) => stripComments(file).match(SNAKE_CASE) ?? [];
  const wire = new Set(files.filter((file) => file.startsWith("lib/zep/")).flatMap(listNames));
  assert.ok(wire.size > 50, "the wire's names were found");
  const offences = files
    .filter((file) => !NAMES_FOR_OTHERS.test(file))
    .flatMap((file) => listNames(file).flatMap((name) => (wire.has(name) ? [`${file}: ${name}`] : [])));
  assert.deepEqual(offences, []);
});

function findDomain(file: string): string | undefined {
  return /^lib\/([^/]+)\//.exec(file)?.[1];
}

function listFolders(file: string): string[] {
  const folder = dirname(file);
  return folder === "lib" ? [folder] : [...listFolders(folder), folder];
}

/** What a function of a file is called with first: `actor`, `tx`, or anything else. */
function readFirstParameter(file: string, name: string): "actor" | "tx" | "other" {
  const declared = new RegExp(
    `^export (?:async )?function ${name}(?:<[^(]*>)?\\(\\s*(?:\\w+|\\{[^}]*\\})\\??: ([^,)]+)`,
    "m",
  );
  const type = declared.exec(readSource(file))?.[1] ?? "";
  if (/^Actor\b/.test(type)) return "actor";
  return /^(Tx\b|Pick<Tx\b)/.test(type) ? "tx" : "other";
}

/** The parts of a folder that depend on each other in a circle. */
function listCycles(folder: string, edges: (readonly [string, string])[]): string[] {
  const partOf = (file: string) =>
    file.startsWith(`${folder}/`) ? file.slice(folder.length + 1).split("/")[0] : undefined;
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) {
    const [a, b] = [partOf(from), partOf(to)];
    if (a && b && a !== b) next.set(a, (next.get(a) ?? new Set()).add(b));
  }
  const reaches = (from: string, goal: string, seen: Set<string>): boolean =>
    [...(next.get(from) ?? [])].some((to) => to === goal || (!seen.has(to) && reaches(to, goal, seen.add(to))));
  return [...next.keys()].filter((part) => reaches(part, part, new Set())).map((part) => `${folder}/${part}`);
}

function readSource(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function escapeBrackets(text: string): string {
  return text.replace(/[[\]]/g, "\\$&");
}

/** The file without comments, strings and imports. */
function stripComments(file: string): string {
  return readSource(file)
    .replace(/^import [\s\S]*?;$/gm, "")
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
    .replace(/`[^`]*`|"[^"\n]*"/g, '""');
}

const IMPORT = /^(?:import|export)\s+(type\s+)?([^"';]*?)\s*(?:from\s+)?"([^"]+)";|import\("([^"]+)"\)/gm;

/** `names` are what is imported at run time, in the other file's words; undefined for the whole of it. */
function listImports(file: string): { target: string; names?: string[] }[] {
  return [...readSource(file).matchAll(IMPORT)].flatMap(([, type, clause = "", from, dynamic]) => {
    const source = from ?? dynamic ?? "";
    if (!source.startsWith("#")) {
      assert.ok(!source.startsWith("."), `${file} imports ${source}: name files from the root, as #lib/…`);
      return [];
    }
    const target = source.slice(1);
    if (type) return [{ target, names: [] }];
    const listed = /^\{([^}]*)\}$/.exec(clause.trim())?.[1];
    if (listed === undefined) return [{ target }];
    const names = listed
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name && !name.startsWith("type "));
    return [{ target, names: names.map((name) => name.split(" as ")[0] ?? name) }];
  });
}

function listPackages(file: string): string[] {
  return [...readSource(file).matchAll(IMPORT)].map(([, , , from, dynamic]) => from ?? dynamic ?? "");
}
