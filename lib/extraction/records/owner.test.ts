import assert from "node:assert/strict";
import { test } from "node:test";
import { rules } from "#lib/extraction/reader/extractor.ts";

const PERSON = { names: ["Jane Smith", "Jane"] as [string, ...string[]], email: "jane@example.org", userId: "u-1" };

async function readFacts(record: object): Promise<string[]> {
  const episode = {
    uuid: "",
    source: "json" as const,
    content: JSON.stringify(record),
    sourceDescription: null,
    speaker: { kind: "machine" as const },
    saidAt: new Date("2024-05-15T10:00:00Z"),
    before: [],
  };
  const setting = { person: PERSON, ontology: { entityTypes: [], edgeTypes: [] }, known: { nodes: [], facts: [] } };
  const { facts } = await rules.read(episode, setting);
  return facts.map(({ source, name, target, attributes }) =>
    [source ?? "Jane", name, target === source ? attributes?.value : target].join(" "),
  );
}

test("what a record says of another customer is theirs, and not the person's", async () => {
  const others = [
    { customer: { name: "Ifeoma Bello", email: "ifeoma@example.ng" }, order: { id: "NG-31", status: "returned" } },
    { customer: "Ifeoma Bello", order: { id: "NG-31" } },
    { order_id: "NG-31", customer: "Ifeoma Bello" },
    { order_id: "NG-31", customer_email: "ifeoma@example.ng" },
    { order: { id: "NG-31", customer: { name: "Ifeoma Bello" } } },
    { user: { email: "ifeoma@example.ng", plan: "Pro" }, plan: "Pro" },
  ];
  for (const record of others) {
    const facts = await readFacts(record);
    assert.ok(facts.length > 0 && facts.every((fact) => !fact.startsWith("Jane")), `${facts}`);
  }
});

test("a record without a name, with the person's own or with another system's id is the person's", async () => {
  const own = [
    { order: { id: "NG-31" } },
    { customer: { name: "Jane Smith" }, order: { id: "NG-31" } },
    { customer: { name: "Jane Miller", email: "jane@example.org" }, order: { id: "NG-31" } },
    { customer: "J. Smith", order: { id: "NG-31" } },
    { customer_id: "c-99", order: { id: "NG-31" } },
  ];
  for (const record of own) assert.ok((await readFacts(record)).includes("Jane HAS_ORDER order NG-31"));
});
