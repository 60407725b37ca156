import { z } from "zod";
import type { AUDIT_BY, AUDIT_OUTCOMES, AuditAction } from "#lib/audit/terms.ts";
import type { Direction, PageRequest } from "#lib/pagination.ts";

export const EPISODE_SOURCES = ["message", "text", "json", "fact_triple", "correction"] as const;

/** What an event may say beside who and whom: counts, names of fields, roles. Never a value that a person typed. */
export const auditDataSchema = z
  .object({
    fields: z.array(z.string()),
    users: z.number().int(),
    sessions: z.number().int(),
    messages: z.number().int(),
    episodes: z.number().int(),
    facts: z.number().int(),
    nodes: z.number().int(),
    /** A privacy request, by its number, and the state it is in now. */
    request: z.number().int(),
    state: z.string(),
    redacted: z.number().int(),
    deleted: z.number().int(),
    /** What of a person was looked at. */
    view: z.string(),
    role: z.string(),
    scopes: z.array(z.string()),
    permission: z.string(),
    failures: z.number().int(),
    /** What a webhook is told of, and how much was sent to it again. */
    events: z.array(z.string()),
    deliveries: z.number().int(),
    /** Of a list of the State. */
    rows: z.number().int(),
    /** A user that was made for a session nobody had announced. */
    placeholder: z.boolean(),
    /** What kind of fact: the name of its relation, such as WORKS_AT. */
    relation: z.string(),
    /** What kinds of episodes it was drawn from. */
    sources: z.array(z.enum(EPISODE_SOURCES)),
  })
  .partial();

export type AuditData = z.infer<typeof auditDataSchema>;

export interface AuditFilter {
  by: (typeof AUDIT_BY)[number];
  action: AuditAction | null;
  outcome: (typeof AUDIT_OUTCOMES)[number] | null;
  actor: string | null;
  user: string | null;
  /** Only events about these people, by their references; null for about anyone and anything. */
  subjects: string[] | null;
  from: Date | null;
  to: Date | null;
}

export type AuditQuery = AuditFilter & PageRequest & { direction: Direction };

export const NO_AUDIT_FILTER: AuditFilter = {
  by: "all",
  action: null,
  outcome: null,
  actor: null,
  user: null,
  subjects: null,
  from: null,
  to: null,
};
