import { globSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, resolve } from "node:path";
import { MOST_BYTES } from "#lib/request-body.ts";
import { type ApiPath, findApiPath } from "#scripts/api-paths.ts";

const ROUTES = resolve(import.meta.dirname, "../app/api/v2");
const PREFIX = "/api/v2";
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
  const paths = await readRoutes();
  return (request, response) => {
    // Proxies may send the whole address, and a base URL with a slash too many doubles the first one.
    const target = (request.url ?? "").replace(/^https?:\/\/[^/]+/i, "").replace(/^\/+/, "/");
    const [path = "", query = ""] = target.split(/\?(.*)/s);
    if (path !== PREFIX && !path.startsWith(`${PREFIX}/`)) return false;
    const delivered = new Promise<boolean>((done) => response.once("close", () => done(response.writableFinished)));
    const method = request.method ?? "GET";
    answerRequest(paths, method, path.slice(PREFIX.length), query, request, delivered).then(
      (answered) => sendResponse(response, answered),
      () => sendResponse(response, makeMessageResponse(500, "Something went wrong on our side.")),
    );
    return true;
  };
}

async function readRoutes(): Promise<ApiPath<Handler>[]> {
  const files = globSync("**/route.ts", { cwd: ROUTES }).filter((file) => !file.includes("[..."));
  return Promise.all(
    files.map(async (file) => {
      const module: Record<string, unknown> = await import(resolve(ROUTES, file));
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

async function answerRequest(
  paths: ApiPath<Handler>[],
  method: string,
  rest: string,
  query: string,
  incoming: IncomingMessage,
  delivered: Promise<boolean>,
): Promise<Response> {
  const found = findApiPath(paths, method, rest);
  if ("refusal" in found) return makeMessageResponse(found.refusal, found.message);
  const carries = method !== "GET" && method !== "DELETE";
  const request = new Request(`http://api${PREFIX}?${query}`, {
    method,
    headers: pickHeaders(incoming),
    body: carries ? await readBody(incoming) : undefined,
  });
  return found.handler(request, { params: Promise.resolve(found.params), delivered });
}

/**
 * The request body, or enough of it to be refused as too large. The rest is read and dropped, so that the client can read
 * the refusal.
 */
async function readBody(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    if (bytes <= MOST_BYTES) chunks.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(chunks);
}

function pickHeaders({ headers }: IncomingMessage): [string, string][] {
  const wanted = ["authorization", "content-type"];
  return wanted.flatMap((name): [string, string][] => {
    const value = headers[name];
    return typeof value === "string" ? [[name, value]] : [];
  });
}

function makeMessageResponse(status: number, text: string): Response {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return Response.json({ message: text }, { status, headers });
}

async function sendResponse(response: ServerResponse, answered: Response): Promise<void> {
  const body = Buffer.from(await answered.arrayBuffer());
  response.writeHead(answered.status, {
    ...Object.fromEntries(answered.headers),
    "content-length": body.byteLength,
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}
