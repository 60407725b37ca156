import { z } from "zod";
import { textSchema } from "#lib/validation.ts";

const factUuid = z.object({ uuid: z.uuid() });

export const correctFactSchema = factUuid.extend({
  fact: textSchema(500).trim().min(1, "Must say something."),
});

export const endFactSchema = factUuid.extend({ at: z.iso.date("Must be a day such as 2026-03-31.") });

export const eraseFactSchema = factUuid;

export const mergeNodeSchema = z.object({
  gone: z.uuid(),
  name: textSchema(200).trim().min(1, "Must name another node."),
});
