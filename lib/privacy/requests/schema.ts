import { z } from "zod";
import type { Direction, PageRequest } from "#lib/pagination.ts";
import { MENTION_DECISIONS, MENTION_PLACES } from "#lib/privacy/mentions/terms.ts";
import {
  KEEP_GROUND_NAMES,
  LAWS,
  type Law,
  LINK_PLACE,
  REFUSAL_GROUND_NAMES,
  REQUEST_CHANNELS,
  REQUEST_TYPES,
  type RequestState,
  type RequestType,
} from "#lib/privacy/requests/terms.ts";
import { canHaveHappened, IN_THE_FUTURE, identifierSchema, reasonSchema, textSchema } from "#lib/validation.ts";

export const fileRequestSchema = z.object({
  type: z.enum(REQUEST_TYPES),
  law: z.enum(LAWS),
  channel: z.enum(REQUEST_CHANNELS),
  /** What the person is known by: a user id or an e-mail address. */
  identifier: identifierSchema,
  /** How they are to be answered, where that is not the address in their record. */
  contact: textSchema(500).trim().default(""),
  /** How whoever passed it on calls it. */
  externalRef: textSchema(200).trim().default(""),
  /** The day or moment it arrived; now, where nobody says. A day alone is its noon, which is that day nearly everywhere. */
  receivedAt: z
    .union([z.literal(""), z.iso.date(), z.iso.datetime({ offset: true })], "Write the day as 2026-11-27.")
    .default("")
    .transform((value) => (value === "" ? new Date() : new Date(value.length === 10 ? `${value}T12:00:00Z` : value)))
    .refine(
      (at) => at.getUTCFullYear() >= 2018,
      "Must not lie before 2018, when the first of these laws began to apply.",
    )
    .refine(canHaveHappened, IN_THE_FUTURE),
  keepsOut: z.boolean().default(true),
});
export type FileRequest = z.infer<typeof fileRequestSchema>;

/** Which request, as it was when whoever acts looked at it. */
const seen = { request: z.uuid(), version: z.number().int() };

export const requestSchema = z.object(seen);
export type SeenRequest = z.infer<typeof requestSchema>;

export const reasonedRequestSchema = z.object({ ...seen, reason: reasonSchema });
export type ReasonedRequest = z.infer<typeof reasonedRequestSchema>;

/** Where the person gets their code by mail, as the page has shown it; null where whoever works on it hands it over. */
export const makeCodeSchema = z.object({ ...seen, mailTo: z.email().nullable() });
export type MakeCode = z.infer<typeof makeCodeSchema>;

export const sendLetterSchema = z.object({
  ...seen,
  /** Where it goes, and how many letters had gone, as the page has shown it. */
  to: z.email(),
  sentBefore: z.number().int(),
  /** As whoever sends it has read it over. */
  text: textSchema(20_000)
    .trim()
    .min(1, "A letter says something.")
    .refine((text) => !text.includes(LINK_PLACE), `Put the link where it says ${LINK_PLACE}.`),
});
export type SendLetter = z.infer<typeof sendLetterSchema>;

export const refuseRequestSchema = z.object({ ...seen, ground: z.enum(REFUSAL_GROUND_NAMES) });

export const decideMentionsSchema = z.object({
  ...seen,
  /** Those that are decided on; all of them, where none are named. */
  mentions: z.array(z.object({ place: z.enum(MENTION_PLACES), uuid: z.uuid() })).max(1_000),
  decision: z.enum(MENTION_DECISIONS),
  /** Why they stay, where they do. */
  ground: z.enum(KEEP_GROUND_NAMES).optional(),
});
export type DecideMentions = z.infer<typeof decideMentionsSchema>;

export const decideRequestSchema = z.object({
  ...seen,
  step: z.enum(["plan", "expedite"]),
  approved: z.boolean(),
  reason: textSchema(500).trim().default(""),
});
export type DecideRequest = z.infer<typeof decideRequestSchema>;

/** The link and the code that a person was given. */
export const confirmRequestSchema = z.object({
  token: z.string().regex(/^[\w-]{43}$/, "This is not the whole link."),
  code: z.string().max(100),
});

/** Whose restriction is lifted. */
export const liftRestrictionSchema = z.object({ user: z.uuid() });

/** Which requests are asked for: those that are open, in one state, of one type, of one law, or nobody's. */
export interface RequestFilter {
  state: RequestState | "open" | "closed" | null;
  type: RequestType | null;
  law: Law | null;
  /** Whose deadline is over, or at most a week away. */
  due: "overdue" | "soon" | null;
  /** Taken on by whoever asks, or by nobody. */
  whose: "mine" | "nobodys" | null;
  from: Date | null;
  to: Date | null;
}

export type RequestQuery = RequestFilter & PageRequest & { sort: "due" | "received"; direction: Direction };
