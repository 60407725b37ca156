import { z } from "zod";
import { text } from "#lib/validation.ts";

export const chooseProjectSchema = z.object({ project: z.uuid() });

export const createProjectSchema = z.object({
  name: text(80).trim().min(1, "A project needs a name."),
});
