import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { listActions } from "#e2e/actions.ts";
import { expect, test } from "#e2e/fixtures.ts";
import { JSON_ROUTES, listPermissions, type Permission, ROLES } from "#lib/auth/permissions.ts";
import { db } from "#lib/db/client.ts";
import { addTurns, makeSession } from "#prisma/factories.ts";

const ROOT = resolve(import.meta.dirname, "..");
const NOTHING = "0198f3c0-0000-7000-8000-000000000000";
const SEEN = { request: NOTHING, version: 1 };
const WHY = { ...SEEN, reason: "a reason of ten characters" };
const CSV_ROWS = [
  {
    row: 2,
    cells: {
      reference: "a-1",
      identifier: "nobody",
      type: "access",
      law: "gdpr",
      received: "",
      contact: "",
      keepout: "",
    },
  },
];
const NO_PLAN = { previewed: {}, plan: "none", keptOut: false };

/** What each JSON route is asked with, beside the ids in its path. */
const QUERIES: Record<string, string> = {
  "GET /sessions/[id]/messages": "?window=0",
  "GET /privacy/progress": `?work=${NOTHING}`,
  "GET /facts/learned": `?message=${NOTHING}`,
  "GET /facts/sources": `?fact=${NOTHING}`,
  "GET /sessions/[id]/reading": `?message=${NOTHING}`,
};
const BODIES: Record<string, object> = {
  "POST /sealed-text": { text: "words" },
  "POST /sessions/[id]/reveal": { message: NOTHING },
  "POST /users/[id]/recall/find": { question: "words" },
  "POST /search/find": { text: "words" },
};

/**
 * Every action, with what it needs and an input that its schema takes and that names nothing: where the role may do it, it
 * fails later than the permission, or does no harm.
 */
const ACTIONS: Record<string, [needs: Permission, input: object]> = {
  correctFactAction: ["graph:write", { uuid: NOTHING, fact: "x" }],
  endFactAction: ["graph:write", { uuid: NOTHING, at: "2026-01-01" }],
  eraseFactAction: ["graph:erase", { uuid: NOTHING }],
  refuteFactAction: ["graph:write", { uuid: NOTHING }],
  undoEditAction: ["graph:write", { edit: NOTHING }],
  forgetSourcesAction: ["graph:erase", { uuid: NOTHING }],
  mergeNodeAction: ["graph:write", { gone: NOTHING, name: "x" }],
  retryFailedEpisodesAction: ["graph:write", { user: NOTHING }],
  createUserAction: ["users:write", { userId: "made", email: "", firstName: "", lastName: "", metadata: "{}" }],
  updateUserAction: [
    "users:write",
    { uuid: NOTHING, version: 1, email: "", firstName: "", lastName: "", metadata: "{}" },
  ],
  planErasuresAction: ["users:erase", { uuids: [NOTHING] }],
  eraseUserAction: ["users:erase", { uuid: NOTHING, confirmation: "x", ...NO_PLAN }],
  eraseUsersAction: ["users:erase", [{ uuid: NOTHING, ...NO_PLAN }]],
  exportUsersAction: ["users:export", [NOTHING]],
  keepPlacesAction: ["graph:read", { user: NOTHING, places: [] }],
  recordExportAction: ["users:export", { user: NOTHING, nodes: 0, facts: 0 }],
  changePasswordAction: ["account:manage", { present: "x", password: "a long password", repeated: "a long password" }],
  chooseProjectAction: ["users:read", { project: NOTHING }],
  createProjectAction: ["projects:create", { name: "Another" }],
  signOutEverywhereAction: ["account:manage", {}],
  inviteOperatorAction: ["operators:manage", { name: "New", email: "new@example.org", role: "viewer" }],
  changeOperatorRoleAction: ["operators:manage", { operator: NOTHING, role: "viewer" }],
  setOperatorDisabledAction: ["operators:manage", { operator: NOTHING, disabled: true }],
  resetPasswordAction: ["operators:manage", { operator: NOTHING }],
  createApiKeyAction: ["api-keys:manage", { name: "key", scopes: ["read"] }],
  revokeApiKeyAction: ["api-keys:manage", { apiKey: NOTHING }],
  createWebhookAction: ["webhooks:manage", { url: "http://127.0.0.1:9/hook", events: ["subject.erased"] }],
  updateWebhookAction: [
    "webhooks:manage",
    { webhook: NOTHING, url: "http://127.0.0.1:9/hook", events: ["subject.erased"] },
  ],
  setWebhookDisabledAction: ["webhooks:manage", { webhook: NOTHING, disabled: true }],
  changeWebhookSecretAction: ["webhooks:manage", { webhook: NOTHING }],
  deleteWebhookAction: ["webhooks:manage", { webhook: NOTHING }],
  tryWebhookAction: ["webhooks:manage", { webhook: NOTHING }],
  sendAgainAction: ["webhooks:manage", { webhook: NOTHING, delivery: NOTHING }],
  sendFailedAgainAction: ["webhooks:manage", { webhook: NOTHING }],
  eraseSessionAction: ["sessions:erase", { uuid: NOTHING, previewedMessages: 0 }],
  certifyUnknownAction: ["users:erase", { identifier: "nobody", keptOut: false }],
  createExportAction: ["users:export", { user: NOTHING }],
  stopWorkAction: ["users:erase", { work: NOTHING }],
  revokeExportAction: ["users:export", { user: NOTHING, dataExport: NOTHING }],
  fileRequestAction: [
    "requests:file",
    {
      type: "erasure",
      law: "gdpr",
      channel: "email",
      identifier: "nobody",
      contact: "",
      externalRef: "",
      receivedAt: "",
      keepsOut: false,
    },
  ],
  checkRowsAction: ["requests:work", CSV_ROWS],
  fileRowsAction: ["requests:work", CSV_ROWS],
  addListRowsAction: ["requests:work", { list: "Email", rows: [{ id: "Work00000001", hash: `${"A".repeat(43)}=` }] }],
  removeListRowsAction: ["requests:work", [{ id: "Work00000002", hash: `${"A".repeat(43)}=`, list: "Email" }]],
  matchDeletionListAction: ["requests:work", { pulled: false }],
  fileMatchedAction: ["requests:work", ["Work00000003"]],
  confirmOptOutAction: ["requests:work", { workItem: "Work00000003", people: 2 }],
  reportListAction: ["requests:work", { which: "changed" }],
  downloadReportAction: ["requests:work", { report: NOTHING }],
  saveViewAction: ["requests:work", { name: "Mine", query: { whose: "mine" } }],
  dropViewAction: ["requests:work", { view: NOTHING }],
  makeVerificationCodeAction: ["requests:work", { ...SEEN, mailTo: null }],
  sendLetterAction: ["requests:work", { ...SEEN, to: "x@example.org", sentBefore: 0, text: "words" }],
  attestRequestAction: ["requests:work", SEEN],
  reviewRequestAction: ["requests:work", SEEN],
  decideMentionsAction: ["requests:work", { ...SEEN, mentions: [], decision: "redact" }],
  submitRequestAction: ["requests:work", SEEN],
  decideRequestAction: ["requests:work", { ...SEEN, step: "plan", approved: true, reason: "" }],
  holdRequestAction: ["requests:work", WHY],
  resumeRequestAction: ["requests:work", SEEN],
  undoScheduleAction: ["requests:work", WHY],
  withdrawRequestAction: ["requests:work", WHY],
  cancelRequestAction: ["requests:work", WHY],
  refuseRequestAction: ["requests:work", { ...SEEN, ground: "unfounded" }],
  extendRequestAction: ["requests:work", WHY],
  acknowledgeRequestAction: ["requests:work", SEEN],
  assignRequestAction: ["requests:work", SEEN],
  fulfilRequestAction: ["requests:work", SEEN],
  closeUnknownAction: ["requests:work", SEEN],
  answerRequestAction: ["requests:work", SEEN],
  agreeToPolicyAction: ["requests:work", {}],
  liftRestrictionAction: ["requests:work", { user: NOTHING }],
  changePolicyAction: ["policy:manage", { approvalsRequired: 0, graceHours: 24, timeZone: "UTC", restDays: "" }],
  placeHoldAction: ["holds:manage", { userId: "nobody", sessionId: "", matter: "a matter of ours", reviewAt: "" }],
  releaseHoldAction: ["holds:manage", { hold: NOTHING, reason: "it is over by now" }],
  eraseMessageAction: ["sessions:erase", { session: NOTHING, message: NOTHING }],
  downloadReceiptAction: ["receipts:read", { receipt: NOTHING }],
  downloadSubjectCopyAction: ["receipts:read", { receipt: NOTHING }],
  proveAgainAction: ["receipts:read", { receipt: NOTHING, identifier: "" }],
  proveNowAction: ["receipts:read", {}],
  checkReceiptAction: ["receipts:read", { jws: "x" }],
  checkIdentifierAction: ["suppression:manage", { kind: "user_id", value: "x" }],
  askToLiftAction: ["suppression:manage", { receipt: NOTHING, reason: "a mistake of ours" }],
  approveLiftAction: ["suppression:manage", { receipt: NOTHING }],
  changeKeepOutPolicyAction: ["suppression:manage", { keepsOutDeleted: false }],
};

test("every JSON route and every action of the console is in the matrix", () => {
  const routes = globSync("app/(console)/**/route.ts", { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(resolve(ROOT, file), "utf8").matchAll(/^export (?:const|async function) (GET|POST)/gm)].map(
      ([, method]) => `${method} ${file.replace(/^app\/\(console\)|\/route\.ts$/g, "")}`,
    ),
  );
  expect(routes.toSorted()).toEqual(Object.keys(JSON_ROUTES).sort());
  const names = listActions().map(({ name }) => name);
  expect([...new Set(names)].sort()).toEqual(Object.keys(ACTIONS).sort());
});

for (const role of ROLES) {
  test(`${role}: every JSON route answers or refuses as the permission table says`, async ({ page, signIn }) => {
    const { actor } = await signIn(role);
    const session = await makeSession(actor);
    await addTurns(session, "words only some may read");
    let refused = 0;
    for (const [route, permission] of Object.entries(JSON_ROUTES)) {
      const [method = "", pattern = ""] = route.split(" ");
      const id = pattern.startsWith("/users") ? session.userUuid : session.uuid;
      const path = pattern.replace("[id]", id).replace("[node]", session.userUuid) + (QUERIES[route] ?? "");
      const data = method === "POST" ? (BODIES[route] ?? { text: "words" }) : undefined;
      const answer = await page.request.fetch(path, { method, data });
      const allowed = listPermissions([role]).has(permission);
      expect(answer.status() === 403, `${role} ${route}: ${answer.status()}`).toBe(!allowed);
      expect([200, 403, 404], `${role} ${route}: ${answer.status()}`).toContain(answer.status());
      if (!allowed) expect(await answer.text()).not.toContain("words only some may read");
      if (!allowed) refused += 1;
    }
    const where = { projectUuid: actor.projectUuid, action: "access.refused", outcome: "refused" as const };
    expect(await db().auditEvent.count({ where })).toBe(refused);
  });

  test(`${role}: every action acts or is refused as the permission table says`, async ({ page, signIn, product }) => {
    const { actor, uuid } = await signIn(role);
    const session = await makeSession(actor);
    // Last the one that ends this very sign-in.
    const actions = listActions().sort((a, b) => Number(/signOut/.test(a.name)) - Number(/signOut/.test(b.name)));
    for (const { id, name, page: pattern } of actions) {
      const [needs, input] = ACTIONS[name] ?? ["users:read", {}];
      const place = pattern.startsWith("/sessions") ? session.uuid : session.userUuid;
      const path = pattern.replace("[id]", place).replace("/[...nowhere]", "/account");
      // A project that an earlier action made is open since; all of them are asked in this one.
      await db().operator.update({ where: { uuid }, data: { chosenProject: actor.projectUuid } });
      const answer = await page.request.post(`${product.url}${path}`, {
        data: JSON.stringify([actor.projectUuid, input]),
        headers: { "next-action": id, "content-type": "text/plain;charset=UTF-8", accept: "text/x-component" },
      });
      const text = await answer.text();
      expect(text, `${role} ${name}: ${text.slice(0, 300)}`).toMatch(/"ok":(true|false)/);
      const allowed = listPermissions([role]).has(needs);
      expect(text.includes('"code":"forbidden"'), `${role} ${name}: ${text.slice(0, 300)}`).toBe(!allowed);
    }
    expect(await db().signIn.count({ where: { operatorUuid: uuid } })).toBe(0);
  });
}
