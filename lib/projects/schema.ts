import { z } from "zod";
import { textSchema } from "#lib/validation.ts";

export const chooseProjectSchema = z.object({ project: z.uuid() });

export const createProjectSchema = z.object({
  name: textSchema(80).trim().min(1, "A project needs a name."),
});
