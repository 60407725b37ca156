import type { Store } from "#lib/db/stored-tables.ts";

/** What is worked on at the privacy desk, and belongs to somebody: it refers to them, or to their words. */
export const DESK_STORE: Store = [
  { name: "restrictions", title: "Restrictions", owner: "user_uuid", columns: {} },
  {
    name: "deletion_list_matches",
    title: "Matches with lists of deletions",
    owner: "user_uuid",
    columns: { ours: ["work_item"] },
  },
  { name: "request_people", title: "Links from privacy requests", owner: "user_uuid", columns: {} },
  {
    name: "request_mentions",
    title: "Reviews of their words for somebody's erasure",
    owner: "graph_uuid",
    columns: { ours: ["ground"] },
  },
];

/** Copies of a person's data that wait to be had. */
export const EXPORT_STORE: Store = [
  {
    name: "data_export_pieces",
    title: "Contents of copies made for the person",
    owner: "user_uuid",
    columns: { derived: ["sealed"] },
  },
  {
    name: "data_exports",
    title: "Copies made for the person",
    owner: "user_uuid",
    columns: { ours: ["token_hash"] },
  },
];

/** What erasures leave behind, so that they can be proved and are not undone. */
export const PRIVACY_STORE: Store = [
  {
    name: "legal_holds",
    title: "Legal holds, released",
    owner: "user_uuid",
    columns: { words: ["matter", "release_reason"] },
  },
  { name: "stopped_erasures", title: "Erasures that a hold had stopped", owner: "user_uuid", columns: {} },
  {
    name: "receipts",
    title: "Receipts of erasures",
    exempt:
      "accountability: says that somebody was erased and not who; what the proof needs is sealed until it is done",
    columns: {
      ours: ["facts", "identifiers", "key_id", "sealed", "nonce", "jws", "hash", "previous", "time_stamp", "blind"],
    },
  },
  {
    name: "proof_runs",
    title: "Searches for what was erased",
    exempt: "accountability: tables and numbers of rows, and nothing of what was found",
    columns: { ours: ["data"] },
  },
  {
    name: "suppressions",
    title: "Keyed hashes of people who are kept out",
    exempt: "needed to keep the person out, as they asked; without the key, which is elsewhere, they lead to nobody",
    columns: { ours: ["hmac", "key_id"], words: ["lift_reason"] },
  },
  {
    name: "privacy_requests",
    title: "Privacy requests",
    exempt: "records of requests have to be kept (11 CCR 7101): what was asked for and when, and not by whom",
    columns: {
      ours: ["plan", "plan_hash", "external_ref", "refusal_ground"],
      words: ["state_reason", "extension_reason"],
    },
  },
  {
    name: "request_subjects",
    title: "Who a privacy request is about, sealed",
    exempt: "needed to tell the person how their request ended, and gone then",
    columns: { ours: ["sealed"] },
  },
  {
    name: "request_approvals",
    title: "Approvals of requests",
    exempt: "accountability: which operator decided, and not about whom",
    columns: { ours: ["plan_hash"], words: ["reason"] },
  },
  {
    name: "deletion_list_runs",
    title: "What went to and fro between the State and us",
    columns: { ours: ["kind", "rows"] },
  },
  {
    name: "deletion_list_items",
    title: "California's lists of deletions",
    exempt:
      "the law asks to keep the list, for whoever is added later (11 CCR 7613): keyed hashes, which lead to nobody without the key",
    columns: { ours: ["work_item", "list", "identifier"] },
  },
  { name: "request_codes", title: "Codes that verify requests", columns: { ours: ["token_hash", "code_hash"] } },
  { name: "request_steps", title: "The lifecycle of requests", columns: {} },
  { name: "privacy_policies", title: "How requests are worked", columns: { ours: ["time_zone", "rest_days"] } },
  { name: "saved_views", title: "Views of the queue", columns: { words: ["name"], ours: ["query"] } },
  { name: "running_work", title: "Long work that is under way", columns: { ours: ["step"] } },
  { name: "restore_gates", title: "Times at which a restored backup had to be brought up to date", columns: {} },
  { name: "instance_keys", title: "Public keys of this instance", columns: { ours: ["id", "public_jwk"] } },
];
