/** Every kind of event there is, with the words the console shows for it. */
export const AUDIT_ACTIONS = {
  "user.created": "created a user",
  "user.updated": "edited a user",
  "user.erased": "erased a user",
  "user.not_known": "certified that somebody is not known",
  "user.viewed": "looked at a user",
  "user.exported": "exported a user",
  "copy.made": "made a copy of a user's data for them",
  "copy.received": "had the copy of a user's data that was made for them",
  "copy.revoked": "took back a copy of a user's data",
  "mentions.changed": "redacted or deleted mentions of somebody who was erased",
  "request.filed": "filed a privacy request",
  "request.moved": "took a privacy request a step further",
  "request.decided": "decided on the plan of a privacy request",
  "request.mentions_decided": "decided what becomes of mentions",
  "request.acknowledged": "acknowledged a privacy request",
  "request.extended": "extended a privacy request",
  "request.code_sent": "sent the person a code for their privacy request",
  "request.letter_sent": "sent the person a letter about their privacy request",
  "request.answered": "told the person how their request ended",
  "deletion_list.added": "took in rows of a list of deletions",
  "deletion_list.removed": "took out rows of a list of deletions",
  "deletion_list.matched": "compared everybody with the lists of deletions",
  "deletion_list.opted_out": "confirmed that people who share an identifier were opted out",
  "deletion_list.reported": "made a report for the State",
  "view.saved": "kept a view of the queue",
  "view.dropped": "dropped a view of the queue",
  "restriction.lifted": "lifted the restriction of a user",
  "policy.change_asked": "asked for a looser policy",
  "policy.changed": "changed how privacy requests are worked",
  "hold.placed": "placed a legal hold",
  "hold.released": "released a legal hold",
  "receipt.handed_over": "made a person's own copy of a receipt",
  "suppression.lift_asked": "asked to let somebody in again",
  "suppression.lifted": "let somebody in again who had been kept out",
  "project.policy_changed": "changed whether deleted users are kept out",
  "session.created": "created a session",
  "session.adopted": "gave a session to its user",
  "session.updated": "edited a session",
  "session.ended": "ended a session",
  "session.erased": "erased a session",
  "messages.added": "added messages",
  "message.updated": "edited a message",
  "message.erased": "erased a message",
  "message.revealed": "saw what is masked in a message",
  "transcript.exported": "exported a transcript",
  "records.imported": "imported records",
  "episodes.added": "added episodes",
  "episodes.retried": "retried episodes",
  "episode.updated": "edited an episode",
  "episode.erased": "erased an episode",
  "fact.stated": "stated a fact",
  "fact.updated": "edited a fact",
  "fact.refuted": "said that a fact was wrong",
  "edit.undone": "took an edit of a fact back",
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
  "webhook.created": "added a webhook",
  "webhook.updated": "edited a webhook",
  "webhook.disabled": "disabled a webhook",
  "webhook.enabled": "enabled a webhook",
  "webhook.secret_changed": "changed the secret of a webhook",
  "webhook.tried": "tried a webhook",
  "webhook.sent_again": "had events sent to a webhook again",
  "webhook.deleted": "deleted a webhook",
  "project.created": "created a project",
  "access.refused": "was refused",
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** The names of all of them. */
export const AUDIT_ACTION_NAMES = Object.keys(AUDIT_ACTIONS).filter(isAuditAction);

export function isAuditAction(name: string): name is AuditAction {
  return Object.hasOwn(AUDIT_ACTIONS, name);
}

export const AUDIT_OUTCOMES = ["done", "refused"] as const;

/** Whose acts: people's, at the console or the command line, or applications', by their keys. */
export const AUDIT_BY = ["people", "applications", "all"] as const;

/** What of a person somebody has looked at. */
export const VIEW_KINDS = {
  record: "the overview",
  transcript: "a transcript",
  facts: "the facts",
  graph: "the graph",
  recall: "what a question recalls",
  search: "a message that a search found",
} as const;
export type ViewKind = keyof typeof VIEW_KINDS;

export function isViewKind(name: string): name is ViewKind {
  return Object.hasOwn(VIEW_KINDS, name);
}
