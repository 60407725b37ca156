import { z } from "zod";
import { defineConsoleRead, parseJsonBody } from "#lib/console-read.ts";
import { openText, sealText } from "#lib/sealed-text.ts";

const schema = z.union([z.object({ text: z.string().min(1).max(500) }), z.object({ token: z.string().max(2000) })]);

/** Turns what an operator types into the form that URLs carry, and back. */
export const POST = defineConsoleRead(
  (request) => parseJsonBody(request, schema),
  async (actor, asked) =>
    "text" in asked ? { token: sealText(actor, asked.text) } : { text: openText(actor, asked.token) },
);
