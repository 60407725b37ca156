import { globSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, resolve } from "node:path";
import { MOST_BYTES } from "#lib/request-body.ts";
import { NOT_OFFERED } from "#lib/zep/not-offered.ts";
import { type ApiPath, findApiPath } from "#scripts/api-paths.ts";

/** The published clients' API, and our own beside it. */
const APIS = ["/api/v2", "/api/privacy"] as const;
type Prefix = (typeof APIS)[number];
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

interface RouteContext {
  params: Promise<Record<string, string>>;
  delivered: Promise<boolean>;
}

type Handler = (request: Request, context: RouteContext) => Promise<Response> | Response;

export type ApiHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Answers the API directly from its route files. Next would redirect, would answer malformed paths itself, and could not
 * tell whether an answer arrived; the published clients accept none of that.
 * @returns a handler that says whether it took a request.
 */
export async function openApiHandler(): Promise<ApiHandler> {
  const paths = new Map(await Promise.all(APIS.map(async (prefix) => [prefix, await readRoutes(prefix)] as const)));
  return (request, response) => {
    // Proxies may send the whole address, and a base URL with a slash too many doubles the first one.
    const target = (request.url ?? "").replace(/^https?:\/\/[^/]+/i, "").replace(/^\/+/, "/");
    const [path = "", query = ""] = target.split(/\?(.*)/s);
    if (!path.startsWith("/api/") || NEXT_ANSWERS.test(path)) return false;
    const delivered = new Promise<boolean>((done) => response.once("close", () => done(response.writableFinished)));
    answerRequest(paths, { path, query, incoming: request, delivered }).then(
      (answered) => sendResponse(request, response, answered),
      () => sendResponse(request, response, makeMessageResponse(500, "Something went wrong on our side.")),
    );
    return true;
  };
}

/** What lies below `/api` and is no API: signing in, and whether the product is up. */
const NEXT_ANSWERS = /^\/api\/(auth|health)(\/|$)/;

async function readRoutes(prefix: Prefix): Promise<ApiPath<Handler>[]> {
  const folder = resolve(import.meta.dirname, `../app${prefix}`);
  const files = globSync("**/route.ts", { cwd: folder }).filter((file) => !file.includes("[..."));
  return Promise.all(
    files.map(async (file) => {
      const module: Record<string, unknown> = await import(resolve(folder, file));
      const methods = new Map<string, Handler>();
      for (const method of METHODS) {
        const handler = module[method];
        if (typeof handler === "function")
          methods.set(method, (request, context) => Reflect.apply(handler, undefined, [request, context]));
      }
      return { segments: dirname(file).split("/"), methods };
    }),
  );
}

interface ApiRequest {
  path: string;
  query: string;
  incoming: IncomingMessage;
  delivered: Promise<boolean>;
}

async function answerRequest(
  paths: ReadonlyMap<Prefix, ApiPath<Handler>[]>,
  { path, query, incoming, delivered }: ApiRequest,
): Promise<Response> {
  const prefix = APIS.find((api) => path === api || path.startsWith(`${api}/`));
  if (!prefix) return makeMessageResponse(404, `There is no API at this path; it is at ${APIS[0]}.`);
  const method = incoming.method ?? "GET";
  const found = findApiPath(paths.get(prefix) ?? [], method, path.slice(prefix.length), NOT_OFFERED);
  if ("refusal" in found) return makeMessageResponse(found.refusal, found.message);
  const carries = method !== "GET" && method !== "DELETE";
  const request = new Request(`http://api${prefix}?${query}`, {
    method,
    headers: pickHeaders(incoming),
    ...(carries ? { body: streamBody(incoming), duplex: "half" } : {}),
  });
  return found.handler(request, { params: Promise.resolve(found.params), delivered });
}

/** The request's body, read from the connection only as far as somebody asks for it: who may not send one costs nothing. */
function streamBody(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}

function pickHeaders({ headers }: IncomingMessage): [string, string][] {
  const wanted = ["authorization", "content-length", "content-type"];
  return wanted.flatMap((name): [string, string][] => {
    const value = headers[name];
    return typeof value === "string" ? [[name, value]] : [];
  });
}

function makeMessageResponse(status: number, text: string): Response {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return Response.json({ message: text }, { status, headers });
}

async function sendResponse(incoming: IncomingMessage, response: ServerResponse, answered: Response): Promise<void> {
  const body = Buffer.from(await answered.arrayBuffer());
  response.writeHead(answered.status, {
    ...Object.fromEntries(answered.headers),
    "content-length": body.byteLength,
    "x-content-type-options": "nosniff",
  });
  response.end(body);
  if (!incoming.readableEnded) drainBody(incoming);
}

/** Of a body that nobody read, this much is taken off the line and dropped. */
const MOST_DRAINED = 4 * MOST_BYTES;
const LONGEST_DRAIN_MS = 30_000;

/** Most clients read an answer only once they have sent everything; those that send without end are cut off. */
function drainBody(incoming: IncomingMessage): void {
  let bytes = 0;
  const timer = setTimeout(() => incoming.destroy(), LONGEST_DRAIN_MS);
  incoming.once("close", () => clearTimeout(timer));
  incoming.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_DRAINED) incoming.destroy();
  });
  incoming.once("end", () => clearTimeout(timer));
  incoming.resume();
}
