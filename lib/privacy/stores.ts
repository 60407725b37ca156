import { API_KEY_STORE } from "#lib/api-keys/store.ts";
import { AUDIT_STORE } from "#lib/audit/store.ts";
import type { StoredTable } from "#lib/db/stored-tables.ts";
import { GRAPH_STORE } from "#lib/graph/store.ts";
import { IDEMPOTENCY_STORE } from "#lib/idempotency/store.ts";
import { QUEUE_STORE } from "#lib/ingestion/store.ts";
import { MODEL_STORE } from "#lib/llm/store.ts";
import { MESSAGE_STORE } from "#lib/messages/store.ts";
import { ONTOLOGY_STORE } from "#lib/ontology/store.ts";
import { OPERATOR_STORE } from "#lib/operators/store.ts";
import { DESK_STORE, EXPORT_STORE, PRIVACY_STORE } from "#lib/privacy/store.ts";
import { PROJECT_STORE } from "#lib/projects/store.ts";
import { REQUEST_STORE } from "#lib/request-log/store.ts";
import { SESSION_STORE } from "#lib/sessions/store.ts";
import { USER_STORE } from "#lib/users/store.ts";
import { WEBHOOK_STORE } from "#lib/webhooks/store.ts";

/**
 * Every table there is, in the order in which a person's rows go: what refers to others first, the queue last, whose rows
 * others wait for. Erasure, preview, export, proof and the test of completeness read this one list.
 */
export const STORED_TABLES: readonly StoredTable[] = [
  ...EXPORT_STORE,
  ...DESK_STORE,
  ...GRAPH_STORE,
  ...MESSAGE_STORE,
  ...SESSION_STORE,
  ...USER_STORE,
  ...QUEUE_STORE,
  ...AUDIT_STORE,
  ...OPERATOR_STORE,
  ...API_KEY_STORE,
  ...REQUEST_STORE,
  ...IDEMPOTENCY_STORE,
  ...ONTOLOGY_STORE,
  ...MODEL_STORE,
  ...WEBHOOK_STORE,
  ...PROJECT_STORE,
  ...PRIVACY_STORE,
];

/** The tables in which people have rows of their own, as one tells them: the record first, what was made of it later. */
export const PERSONAL_TABLES: readonly StoredTable[] = [
  ...USER_STORE,
  ...SESSION_STORE,
  ...MESSAGE_STORE,
  ...GRAPH_STORE.toReversed(),
  ...PRIVACY_STORE,
  ...EXPORT_STORE.toReversed(),
  ...DESK_STORE,
  ...QUEUE_STORE,
].filter(({ owner }) => owner !== undefined);
