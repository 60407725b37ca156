import { z } from "zod";
import { text } from "#lib/validation.ts";

const factUuid = z.object({ uuid: z.uuid() });

export const correctFactSchema = factUuid.extend({
  fact: text(500).trim().min(1, "Must say something."),
});

export const endFactSchema = factUuid.extend({ at: z.iso.date("Must be a day such as 2026-03-31.") });

export const eraseFactSchema = factUuid;

export const mergeSchema = z.object({ gone: z.uuid(), name: text(200).trim().min(1, "Must name another node.") });
