import assert from "node:assert/strict";
import { test } from "node:test";
import { readAsJane } from "#prisma/reading.ts";

function readFacts(record: object): string[] {
  return readAsJane(record).map(({ source, name, target, attributes }) =>
    [source ?? "Jane", name, target === source ? attributes?.value : target].join(" "),
  );
}

test("what a record says of another customer is theirs, and not the person's", () => {
  const others = [
    { customer: { name: "Ifeoma Bello", email: "ifeoma@example.ng" }, order: { id: "NG-31", status: "returned" } },
    { customer: "Ifeoma Bello", order: { id: "NG-31" } },
    { order_id: "NG-31", customer: "Ifeoma Bello" },
    { order_id: "NG-31", customer_email: "ifeoma@example.ng" },
    { order: { id: "NG-31", customer: { name: "Ifeoma Bello" } } },
    { user: { email: "ifeoma@example.ng", plan: "Pro" }, plan: "Pro" },
  ];
  for (const record of others) {
    const facts = readFacts(record);
    assert.ok(facts.length > 0 && facts.every((fact) => !fact.startsWith("Jane")), `${facts}`);
  }
});

test("a record without a name, with the person's own or with another system's id is the person's", () => {
  const own = [
    { order: { id: "NG-31" } },
    { customer: { name: "Jane Smith" }, order: { id: "NG-31" } },
    { customer: { name: "Jane Miller", email: "jane@example.org" }, order: { id: "NG-31" } },
    { customer: "J. Smith", order: { id: "NG-31" } },
    { customer_id: "c-99", order: { id: "NG-31" } },
  ];
  for (const record of own) assert.ok(readFacts(record).includes("Jane HAS_ORDER order NG-31"));
});
