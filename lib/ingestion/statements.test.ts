import assert from "node:assert/strict";
import { test } from "node:test";
import { db } from "#lib/db/client.ts";
import { listGraphFacts } from "#lib/graph/queries.ts";
import { DEFAULT_SEARCH, LATEST_FACTS } from "#lib/graph/schema.ts";
import { searchGraph } from "#lib/graph/search/queries.ts";
import { listFactChanges } from "#lib/graph/view/facts/queries.ts";
import { getGraphView } from "#lib/graph/view/picture/queries.ts";
import { recallMemory } from "#lib/memory/queries.ts";
import { SAID } from "#lib/relations.ts";
import { makeActor } from "#prisma/factories.ts";
import { makeJane, rememberTurns } from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();
const actor = await makeActor();

test("what somebody said is found after what is known, word for word, and is shown nowhere as known", async () => {
  const jane = await makeJane(actor);
  const words = "Last summer I painted the kitchen with my brother Tom and it took us three days.";
  const { session } = await rememberTurns(jane, [words, "I live in Porto and I love painting."]);
  const search = (query: string) => searchGraph(actor, jane, { ...DEFAULT_SEARCH, query });
  const listNames = async (query: string) => (await search(query)).edges.map(({ name }) => name);
  assert.deepEqual(
    (await listNames("Porto")).slice(0, 2),
    ["LIVES_IN", SAID],
    "what is known stands before what was said as well",
  );
  assert.equal((await listNames("painting"))[0], "LIKES");
  assert.equal((await listNames("painting the kitchen"))[0], SAID, "what hardly answers is not put first");
  const { edges } = await search("painting the kitchen");
  const quotation = edges.find(({ name, fact }) => name === SAID && fact.includes("kitchen"));
  assert.equal(quotation?.fact, `Jane Smith said on 5 January 2026: “${words}”`);
  assert.equal(quotation?.targetName, "Tom");
  const isQuotation = ({ fact }: { fact: string }) => /\bsaid on\b/.test(fact);
  assert.ok(!(await listGraphFacts(actor, jane, LATEST_FACTS)).some(isQuotation));
  assert.ok(!(await listFactChanges(actor, jane.uuid, 100)).some(isQuotation));
  const view = await getGraphView(actor, { user: jane.uuid, limit: 100, open: [], node: null, to: null });
  assert.ok(!view.facts.some(isQuotation));
  const { sessionId } = await db().session.findFirstOrThrow({ where: { uuid: session } });
  const memory = await recallMemory(actor, sessionId);
  assert.ok(!memory.facts.some(isQuotation));
  const nodes = await db().node.findMany({ where: { graphUuid: jane.uuid } });
  assert.ok(!nodes.some(({ summary }) => summary.includes("said on")));
});
