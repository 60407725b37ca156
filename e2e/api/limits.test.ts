import assert from "node:assert/strict";
import { test } from "node:test";
import { makeKey, openTestApi } from "#e2e/api/server.ts";
import { setEnv } from "#lib/env.ts";

const base = await openTestApi();
setEnv({ LETHE_API_RATE: "5", LETHE_API_RATE_STORE: "database" });

test("a key that has used up its minute is told how long to wait; other keys are not", async () => {
  const [busy, calm] = [await makeKey(), await makeKey()];
  const listWithKey = (key: string) => fetch(`${base}/users-ordered`, { headers: { authorization: `Api-Key ${key}` } });
  const statuses: number[] = [];
  for (let call = 0; call < 7; call += 1) statuses.push((await listWithKey(busy.key)).status);
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 429]);
  const refusal = await listWithKey(busy.key);
  assert.match(refusal.headers.get("retry-after") ?? "", /^[1-9]\d?$/);
  assert.match((await refusal.json()).message, /Too many requests/);
  assert.equal((await listWithKey(calm.key)).status, 200);
});
