import { z } from "zod";
import { textSchema } from "#lib/validation.ts";

/** A fact by its uuid. */
export const factSchema = z.object({ uuid: z.uuid() });

export const correctFactSchema = factSchema.extend({
  fact: textSchema(500).trim().min(1, "Must say something."),
  /** Since when it is so; empty where that is not known. */
  since: z.iso
    .date("Must be a day such as 2026-03-31.")
    .refine((day) => day >= "1900" && new Date(day) <= new Date(), "Must be a day since 1900, and not one to come.")
    .or(z.literal(""))
    .default(""),
});

export const endFactSchema = factSchema.extend({ at: z.iso.date("Must be a day such as 2026-03-31.") });

export const mergeNodeSchema = z.object({
  gone: z.uuid(),
  name: textSchema(200).trim().min(1, "Must name another node."),
});

/** An edit by hand, by the uuid of its episode. */
export const undoEditSchema = z.object({ edit: z.uuid() });
