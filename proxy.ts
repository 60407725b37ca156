import { type NextRequest, NextResponse } from "next/server";

/** How Next names an action: two digits for its kind, and a digest. */
const ACTION = /^[0-9a-f]{42}$/;

/** What Next takes of an action's arguments at most. */
const MOST_CHARACTERS = 1_000_000;

/**
 * What React writes for values that JSON has no word for: an escaped dollar, undefined, numbers that are none, a date.
 * Everything else behind a dollar points to parts of a form, and no page of the console sends one.
 */
const ENCODED = /^\$(\$|undefined$|-0$|NaN$|-?Infinity$|D\d)/;

/** No key types it and PostgreSQL cannot store it. */
const NUL = "\0";

/** Answers 400 to what no page of the console sends, since Next would meet it with 500 and a trace in the log. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const action = request.headers.get("next-action") ?? "";
  if (ACTION.test(action) && isArguments(await request.text())) return NextResponse.next();
  return new NextResponse("This request cannot be understood.\n", { status: 400 });
}

function isArguments(text: string): boolean {
  if (text.length > MOST_CHARACTERS) return false;
  try {
    let plain = true;
    const given: unknown = JSON.parse(text, (key, value: unknown) => {
      if (key.includes(NUL) || (typeof value === "string" && !isPlain(value))) plain = false;
      return value;
    });
    return plain && Array.isArray(given);
  } catch {
    return false;
  }
}

function isPlain(value: string): boolean {
  return !value.includes(NUL) && (!value.startsWith("$") || ENCODED.test(value));
}

/** Actions, and forms sent to a page without one. The API and signing in read their own bodies. */
export const config = {
  matcher: [
    { source: "/((?!api/).*)", has: [{ type: "header", key: "next-action" }] },
    { source: "/((?!api/).*)", has: [{ type: "header", key: "content-type", value: "multipart/form-data.*" }] },
  ],
};
