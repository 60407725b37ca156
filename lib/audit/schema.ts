import { z } from "zod";
import type { Direction, PageRequest } from "#lib/pagination.ts";

/** Every kind of event there is, with the words the console shows for it. */
export const AUDIT_ACTIONS = {
  "user.created": "created a user",
  "user.updated": "edited a user",
  "user.erased": "erased a user",
  "user.exported": "exported a user",
  "session.created": "created a session",
  "session.adopted": "gave a session to its user",
  "session.updated": "edited a session",
  "session.ended": "ended a session",
  "session.erased": "erased a session",
  "messages.added": "added messages",
  "message.updated": "edited a message",
  "transcript.exported": "exported a transcript",
  "records.imported": "imported records",
  "episodes.added": "added episodes",
  "episodes.retried": "retried episodes",
  "episode.updated": "edited an episode",
  "episode.erased": "erased an episode",
  "fact.stated": "stated a fact",
  "fact.updated": "edited a fact",
  "fact.erased": "erased a fact",
  "node.added": "added nodes",
  "node.updated": "edited a node",
  "node.merged": "made two nodes one",
  "node.erased": "erased a node",
  "graph.cloned": "copied a graph",
  "graph.exported": "exported the picture of a graph",
  "group.created": "created a group",
  "group.updated": "edited a group",
  "group.erased": "erased a group",
  "ontology.changed": "changed the entity types",
  "operator.invited": "added an operator",
  "operator.role_changed": "changed a role",
  "operator.disabled": "disabled an operator",
  "operator.enabled": "enabled an operator",
  "operator.password_reset": "reset a password",
  "operator.password_changed": "chose a new password",
  "operator.signed_in": "signed in",
  "operator.signed_out": "signed out",
  "operator.sign_in_failed": "tried a wrong password",
  "operator.sign_in_slowed": "tried wrong passwords and has to wait",
  "operator.signed_out_everywhere": "signed out everywhere",
  "api_key.created": "created an API key",
  "api_key.revoked": "revoked an API key",
  "project.created": "created a project",
  "access.refused": "was refused",
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

export const auditActionSchema = z.enum(
  Object.keys(AUDIT_ACTIONS).filter((action): action is AuditAction => action in AUDIT_ACTIONS),
);

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
    role: z.string(),
    scopes: z.array(z.string()),
    permission: z.string(),
    failures: z.number().int(),
    /** A user that was made for a session nobody had announced. */
    placeholder: z.boolean(),
    /** What kind of fact: the name of its relation, such as WORKS_AT. */
    relation: z.string(),
    /** What kinds of episodes it was drawn from. */
    sources: z.array(z.enum(EPISODE_SOURCES)),
  })
  .partial();

export type AuditData = z.infer<typeof auditDataSchema>;

export const outcomeSchema = z.enum(["done", "refused"]);

/** Whose acts: people's, at the console or the command line, or applications', by their keys. */
export const auditBySchema = z.enum(["people", "applications", "all"]);

export interface AuditFilter {
  by: z.infer<typeof auditBySchema>;
  action: AuditAction | null;
  outcome: z.infer<typeof outcomeSchema> | null;
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
