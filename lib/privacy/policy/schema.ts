import { z } from "zod";

export const policySchema = z.object({
  approvalsRequired: z.coerce.number().int().min(0).max(3),
  graceHours: z.coerce.number().int().min(0, "Must not be negative.").max(720, "Must be at most 720 hours, a month."),
  /** Public holidays where the team works, one in each line. */
  restDays: z
    .string()
    .max(8_000)
    .transform((text) => [...new Set(text.split(/[\s,;]+/).filter((day) => day !== ""))].toSorted())
    .superRefine((days, context) => {
      const wrong = days.find((day) => !z.iso.date().safeParse(day).success);
      if (wrong !== undefined)
        context.addIssue({ code: "custom", message: `“${wrong}” is no day: write each one as 2026-12-25.` });
      if (days.length > 400) context.addIssue({ code: "custom", message: "Must be at most 400 days." });
    }),
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
