import type { Permission } from "#lib/auth/permissions.ts";

interface Destination {
  href:
    | "/users"
    | "/sessions"
    | "/search"
    | "/privacy/requests"
    | "/privacy/receipts"
    | "/privacy/suppression"
    | "/privacy/holds"
    | "/audit"
    | "/request-log"
    | "/settings/operators"
    | "/settings/api-keys"
    | "/settings/webhooks";
  label: string;
  permission: Permission;
  /** Pressed after `g`. */
  key: string;
  group: "remembered" | "kept";
}

/** Where one can go, in the sidebar's order. Who sees which is decided by the permission table. */
export const DESTINATIONS: Destination[] = [
  { href: "/users", label: "Users", permission: "users:read", key: "u", group: "remembered" },
  { href: "/sessions", label: "Sessions", permission: "sessions:read", key: "s", group: "remembered" },
  { href: "/search", label: "Search", permission: "transcripts:read", key: "f", group: "remembered" },
  { href: "/privacy/requests", label: "Requests", permission: "requests:work", key: "q", group: "kept" },
  { href: "/privacy/receipts", label: "Receipts", permission: "receipts:read", key: "e", group: "kept" },
  { href: "/privacy/suppression", label: "Kept out", permission: "suppression:manage", key: "x", group: "kept" },
  { href: "/privacy/holds", label: "Legal holds", permission: "holds:manage", key: "h", group: "kept" },
  { href: "/audit", label: "Audit trail", permission: "audit:read", key: "a", group: "kept" },
  { href: "/request-log", label: "Request log", permission: "request-log:read", key: "r", group: "kept" },
  { href: "/settings/operators", label: "Operators", permission: "operators:manage", key: "o", group: "kept" },
  { href: "/settings/api-keys", label: "API keys", permission: "api-keys:manage", key: "k", group: "kept" },
  { href: "/settings/webhooks", label: "Webhooks", permission: "webhooks:manage", key: "w", group: "kept" },
];
