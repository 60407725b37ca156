import type { z } from "zod";
import { runAttempt } from "#lib/attempt.ts";
import { Actor } from "#lib/auth/actor.ts";
import { STATUS_OF_CODE } from "#lib/errors.ts";
import { parse } from "#lib/validation.ts";

/** Nothing of what is handed over may stay in a shared or disk cache. */
const HEADERS = { "cache-control": "private, no-store" };

const NOTHING_THERE = "This link leads to nothing any more: it was used, it has expired, or it was taken back.";

/** How whoever has a link is found, by what the link leads to. */
const HOLDERS = { export: Actor.ofExportLink, request: Actor.ofRequestLink } as const;

/** A file that is handed over. */
interface LinkedFile {
  fileName: string;
  bytes: Buffer;
}

/**
 * Answers whoever has a link: not signed in, and known by nothing but what the link carries, which is sent in the body and
 * never stands in an address. A link that leads to nothing gets one answer, whatever the reason.
 */
export function defineLinkAnswer<Input extends { token: string }>(
  kind: keyof typeof HOLDERS,
  schema: z.ZodType<Input>,
  answer: (actor: Actor, input: Input) => Promise<LinkedFile | object>,
) {
  return async (request: Request): Promise<Response> => {
    const body: unknown = await request.json().catch(() => null);
    const given = schema.safeParse(body);
    const { actor, result } = await runAttempt(
      async () => (given.success ? HOLDERS[kind](given.data.token) : null),
      (actor) => answer(actor, parse(schema, body)),
    );
    if (!actor) return Response.json({ message: NOTHING_THERE }, { status: 404, headers: HEADERS });
    if (!result.ok) {
      const { code, message, fields } = result.error;
      return Response.json(
        { message: Object.values(fields)[0] ?? message },
        { status: STATUS_OF_CODE[code], headers: HEADERS },
      );
    }
    return "bytes" in result.value ? makeDownload(result.value) : Response.json(result.value, { headers: HEADERS });
  };
}

function makeDownload({ fileName, bytes }: LinkedFile): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      ...HEADERS,
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${fileName}"`,
    },
  });
}
