import assert from "node:assert/strict";
import { test } from "node:test";
import { maskSecrets } from "#lib/secrets.ts";

for (const [text, masked] of [
  ["My password is hunter2.", "My password is ••••••"],
  ["PIN: 4821, thanks", "PIN: ••••••, thanks"],
  ["my card number is 4111 1111 1111 1111, it expires 04/29", "my card number is ••••••, it expires 04/29"],
  ["use sk-abcdefghijklmnop1234 please", "use •••••• please"],
  ["I forgot my password, help", "I forgot my password, help"],
  ["my order is 1234-5678", "my order is 1234-5678"],
] as const)
  test(`"${text}" is shown as "${masked}"`, () => assert.equal(maskSecrets(text), masked));
