import { AppError } from "#lib/errors.ts";

/** Who may do what. Navigation, buttons, `authorize` and the access tests read this object and nothing else. */
const PERMISSIONS = {
  "users:read": ["viewer", "support", "privacy", "admin", "read"],
  "users:write": ["support", "privacy", "admin", "write"],
  "users:export": ["privacy", "admin"],
  "users:erase": ["privacy", "admin", "erase"],
  "export:receive": ["link"],
  "request:confirm": ["link"],
  "sessions:read": ["viewer", "support", "privacy", "admin", "read"],
  "sessions:write": ["admin", "write"],
  "sessions:erase": ["privacy", "admin", "erase"],
  "transcripts:read": ["support", "privacy", "admin", "read"],
  "transcripts:export": ["privacy", "admin"],
  "secrets:reveal": ["privacy", "admin"],
  "graph:read": ["support", "privacy", "admin", "read"],
  "graph:write": ["support", "privacy", "admin", "write"],
  "graph:erase": ["privacy", "admin", "erase"],
  "audit:read": ["privacy", "admin"],
  "receipts:read": ["privacy", "admin"],
  "suppression:manage": ["privacy", "admin"],
  "holds:manage": ["privacy", "admin"],
  "requests:file": ["support", "privacy", "admin", "erase"],
  "requests:work": ["privacy", "admin"],
  "policy:manage": ["admin"],
  "operators:manage": ["admin"],
  "api-keys:manage": ["admin"],
  "webhooks:manage": ["admin"],
  "request-log:read": ["admin"],
  "projects:create": ["admin"],
  "account:manage": ["viewer", "support", "privacy", "admin"],
} as const satisfies Record<string, readonly Grantee[]>;

export type Permission = keyof typeof PERMISSIONS;
export type OperatorRole = "viewer" | "support" | "privacy" | "admin";
export type KeyScope = "read" | "write" | "erase";
/** Whoever was given the link to something, and may have that and nothing else. */
type Grantee = OperatorRole | KeyScope | "link";

export const ROLES: readonly OperatorRole[] = ["viewer", "support", "privacy", "admin"];
export const SCOPES: readonly KeyScope[] = ["read", "write", "erase"];

export const ROLE_MEANING: Record<OperatorRole, string> = {
  viewer: "Sees people and that conversations exist, not what was said",
  support: "Reads transcripts and corrects records",
  privacy: "Exports and erases people, reads the audit trail",
  admin: "Everything, operators and API keys included",
};

/** Which page needs which permission. The access test walks every page of `app` and finds it here. */
export const PAGES = {
  "/users": "users:read",
  "/users/[id]": "users:read",
  "/users/[id]/facts": "graph:read",
  "/users/[id]/graph": "graph:read",
  "/users/[id]/summary": "graph:read",
  "/users/[id]/episodes": "graph:read",
  "/users/[id]/recall": "transcripts:read",
  "/search": "transcripts:read",
  "/sessions": "sessions:read",
  "/sessions/[id]": "transcripts:read",
  "/audit": "audit:read",
  "/privacy/requests": "requests:work",
  "/privacy/requests/[id]": "requests:work",
  "/privacy/requests/batch": "requests:work",
  "/privacy/deletion-list": "requests:work",
  "/privacy/policy": "requests:work",
  "/privacy/reports": "requests:work",
  "/privacy/receipts": "receipts:read",
  "/privacy/receipts/[id]": "receipts:read",
  "/privacy/proofs": "receipts:read",
  "/privacy/verify": "receipts:read",
  "/privacy/suppression": "suppression:manage",
  "/privacy/holds": "holds:manage",
  "/settings/operators": "operators:manage",
  "/settings/api-keys": "api-keys:manage",
  "/settings/webhooks": "webhooks:manage",
  "/settings/webhooks/[id]": "webhooks:manage",
  "/request-log": "request-log:read",
  "/account": "account:manage",
} as const satisfies Record<string, Permission>;

/** Which of the console's JSON routes needs which permission. The access test walks every one of `app` and finds it here. */
export const JSON_ROUTES = {
  "GET /users/rows": "users:read",
  "GET /users/total": "users:read",
  "GET /users/[id]/graph/view": "graph:read",
  "GET /users/[id]/graph/node/[node]": "graph:read",
  "POST /users/[id]/graph/find": "graph:read",
  "POST /users/[id]/recall/find": "transcripts:read",
  "POST /search/find": "transcripts:read",
  "GET /sessions/rows": "sessions:read",
  "GET /sessions/total": "sessions:read",
  "GET /sessions/[id]/messages": "transcripts:read",
  "GET /sessions/[id]/reading": "transcripts:read",
  "POST /sessions/[id]/search": "transcripts:read",
  "POST /sessions/[id]/download": "transcripts:export",
  "POST /sessions/[id]/reveal": "secrets:reveal",
  "GET /facts/rows": "graph:read",
  "GET /facts/total": "graph:read",
  "GET /facts/learned": "graph:read",
  "GET /facts/sources": "transcripts:read",
  "GET /audit/rows": "audit:read",
  "GET /audit/total": "audit:read",
  "GET /privacy/requests/rows": "requests:work",
  "GET /privacy/requests/total": "requests:work",
  "GET /privacy/receipts/rows": "receipts:read",
  "GET /privacy/receipts/total": "receipts:read",
  "GET /privacy/progress": "users:erase",
  "GET /request-log/rows": "request-log:read",
  "GET /request-log/total": "request-log:read",
  "POST /sealed-text": "users:read",
} as const satisfies Record<string, Permission>;

/** Pages for anyone, strangers included: what they show is the same for all and tells nothing of what is stored. */
export const OPEN_PAGES = ["/reference", "/[...nowhere]"];

/** Every permission that any of the roles or scopes carries. */
export function listPermissions(grantees: readonly Grantee[]): ReadonlySet<Permission> {
  return new Set(
    listAllPermissions().filter((permission) => PERMISSIONS[permission].some((g) => grantees.includes(g))),
  );
}

export function listAllPermissions(): Permission[] {
  return Object.keys(PERMISSIONS).filter(isPermission);
}

function isPermission(name: string): name is Permission {
  return name in PERMISSIONS;
}

interface Permitted {
  readonly permissions: ReadonlySet<Permission>;
}

export function can(actor: Permitted, permission: Permission): boolean {
  return actor.permissions.has(permission);
}

/** The first line of every core function. @throws AppError `forbidden`, carrying the permission in `fields`. */
export function authorize(actor: Permitted, permission: Permission): void {
  if (!can(actor, permission)) throw new AppError("forbidden", "Your role does not allow this.", { permission });
}
