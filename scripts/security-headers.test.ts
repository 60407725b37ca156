import assert from "node:assert/strict";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { test } from "node:test";
import { setEnv } from "#lib/env.ts";
import { setSecurityHeaders } from "#scripts/security-headers.ts";

for (const [url, expected] of [
  ["https://lethe.example.org", "max-age=31536000; includeSubDomains"],
  ["http://lethe.example.org", undefined],
] as const)
  test(`under ${url} browsers are told ${expected ? "to come back encrypted" : "nothing of encryption"}`, () => {
    setEnv({ LETHE_URL: url });
    const request = new IncomingMessage(new Socket());
    const response = new ServerResponse(request);
    setSecurityHeaders(request, response);
    assert.equal(response.getHeader("strict-transport-security"), expected);
  });
