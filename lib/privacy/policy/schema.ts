import { z } from "zod";

export const policySchema = z.object({
  approvalsRequired: z.coerce.number().int().min(0).max(3),
  graceHours: z.coerce.number().int().min(0, "Must not be negative.").max(720, "Must be at most 720 hours, a month."),
  timeZone: z.string().refine(isTimeZone, "Must be a time zone such as Europe/Berlin."),
});
/** Agreeing says nothing of its own: it is to what somebody has asked for. */
export const noPolicySchema = z.object({});

export type RequestPolicy = z.infer<typeof policySchema>;

function isTimeZone(name: string): boolean {
  try {
    return name !== "" && new Intl.DateTimeFormat("en", { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
