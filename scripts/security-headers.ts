import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "#lib/env.ts";

/** A year, as browsers' own lists of such sites ask for at least. */
const HSTS_SECONDS = 31_536_000;

/**
 * Sets what every answer says of itself. Scripts run when they come from this server's files or bear the number that this
 * one answer names; Next finds the number in the request's own header and puts it on the scripts it writes.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void {
  const policy = buildPolicy(randomBytes(16).toString("base64"));
  request.headers["content-security-policy"] = policy;
  response.setHeader("content-security-policy", policy);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("permissions-policy", "camera=(), microphone=(), geolocation=()");
  if (env().LETHE_URL?.startsWith("https://"))
    response.setHeader("strict-transport-security", `max-age=${HSTS_SECONDS}; includeSubDomains`);
}

function buildPolicy(nonce: string): string {
  const isDevelopment = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
