import { parse as parseForm } from "node:querystring";
import { z } from "zod";
import type { CookieJar } from "#lib/auth/cookie.ts";

/** What signing in is asked with is two words and an address. */
const MOST_BYTES = 16_384;

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.boolean(), z.null()]));

/**
 * Whether a request to sign in or out can be understood: next-auth meets an address that is none, or a body that is none,
 * with an error of its own and a trace in the log. @param request is read to its end; pass a copy.
 */
export async function isWellFormedSignIn(request: Request, jar: CookieJar): Promise<boolean> {
  const address = new URL(request.url);
  const fields = request.method === "POST" ? await readFields(request) : {};
  if (!fields) return false;
  const cookies = ["next-auth.callback-url", "__Secure-next-auth.callback-url"].map((name) => jar.get(name)?.value);
  const targets = [...address.searchParams.getAll("callbackUrl"), fields.callbackUrl, ...cookies];
  const given = [...address.searchParams.values(), ...Object.values(fields)];
  return targets.every(isTarget) && given.every((value) => typeof value !== "string" || !value.includes("\0"));
}

async function readFields(request: Request): Promise<z.infer<typeof fieldsSchema> | null> {
  if (Number(request.headers.get("content-length") ?? 0) > MOST_BYTES) return null;
  const text = await request.text();
  if (text === "") return {};
  const isJson = request.headers.get("content-type")?.includes("json") ?? false;
  try {
    const parsed = fieldsSchema.safeParse(isJson ? JSON.parse(text) : { ...parseForm(text) });
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Where to go afterwards: a path of ours or a whole address. Whether it may be gone to is next-auth's to say. */
function isTarget(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "string" && (value.startsWith("/") || URL.canParse(value));
}
