import { z } from "zod";

/** Long work, by the name that whoever asked for it has given it. */
export const workSchema = z.object({ work: z.uuid() });

/** How far long work has come; `total` is what was counted beforehand. */
export interface ProgressState {
  step: string;
  done: number;
  total: number;
}
