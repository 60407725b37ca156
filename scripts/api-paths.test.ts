import assert from "node:assert/strict";
import { test } from "node:test";
import { findApiPath } from "#scripts/api-paths.ts";

const paths = [
  "users",
  "users/[userId]",
  "users/[userId]/sessions",
  "sessions/search",
  "sessions/[sessionId]/memory",
  "users-ordered",
].map((path) => ({
  segments: path.split("/"),
  methods: new Map(
    (path === "users/[userId]/sessions" ? ["GET"] : ["GET", "POST", "DELETE"]).map((method) => [method, path]),
  ),
}));

function findRoute(method: string, rest: string): unknown {
  const result = findApiPath(paths, method, rest);
  return "handler" in result ? [result.handler, ...Object.values(result.params)] : result.refusal;
}

test("a path leads to its route with its ids decoded once", () => {
  assert.deepEqual(findRoute("GET", "/users/a%2Fb"), ["users/[userId]", "a/b"]);
  assert.deepEqual(findRoute("GET", "/users/a%252Fb"), ["users/[userId]", "a%2Fb"]);
  assert.deepEqual(findRoute("POST", "/sessions/search"), ["sessions/search"]);
  assert.deepEqual(findRoute("GET", "/users-ordered/"), ["users-ordered"]);
  assert.equal(findRoute("GET", "/users/%zz"), 400);
  assert.equal(findRoute("GET", "/"), 400);
  assert.equal(findRoute("GET", "/moons"), 404);
  assert.equal(findRoute("PUT", "/users"), 405);
});

test("an id that was not encoded takes up as many segments as it has", () => {
  assert.deepEqual(findRoute("GET", "/users/a/b/c"), ["users/[userId]", "a/b/c"]);
  assert.deepEqual(findRoute("GET", "/users/a/b/sessions"), ["users/[userId]/sessions", "a/b"]);
  assert.deepEqual(findRoute("DELETE", "/users/a/sessions"), ["users/[userId]", "a/sessions"]);
  assert.deepEqual(findRoute("GET", "/users/"), ["users/[userId]", ""]);
  assert.deepEqual(findRoute("GET", "/users//sessions"), ["users/[userId]/sessions", ""]);
});
