import assert from "node:assert/strict";
import { test } from "node:test";
import { db } from "#lib/db/client.ts";
import { readRows, TEXT } from "#lib/db/rows.ts";
import { rules } from "#lib/extraction/reader/extractor.ts";
import { rereadStaleEpisodes } from "#lib/ingestion/process-episodes.ts";
import { getIngestionState } from "#lib/ingestion/queries.ts";
import { READER } from "#lib/ingestion/waiting-episodes.ts";
import { eraseFact } from "#lib/privacy/erasure/parts.ts";
import { renderTemplate } from "#lib/relations.ts";
import { makeActor } from "#prisma/factories.ts";
import { listFacts, makeJane, rememberTurns } from "#prisma/memory-factories.ts";
import { openTestDatabase } from "#prisma/test-database.ts";

await openTestDatabase();
const actor = await makeActor();

test("what an older reader has read is read again in the order in which it came, and what was deleted stays deleted", async () => {
  const jane = await makeJane(actor);
  await rememberTurns(jane, ["I work at Acme and I live in Porto.", "I work at Globex.", "I love jazz."]);
  const [acme] = (await listFacts(jane)).filter(({ fact }) => /jazz/.test(fact));
  await eraseFact(actor, { uuid: acme?.uuid ?? "" });
  const before = await listFacts(jane);
  await db().episode.updateMany({ where: { graphUuid: jane.uuid, source: "message" }, data: { reader: 0 } });
  assert.equal((await getIngestionState(actor, jane.uuid)).stale, 3);
  while ((await rereadStaleEpisodes(jane, rules)) > 0);
  assert.equal((await getIngestionState(actor, jane.uuid)).stale, 0);
  assert.deepEqual(await listFacts(jane), before);
});

test("what an older reader has read is found by the index that is kept for it", async () => {
  const [index] = await readRows({
    says: TEXT,
  })`SELECT indexdef AS says FROM pg_indexes WHERE indexname = 'episodes_stale'`;
  assert.ok(index?.says.includes(`(reader < ${READER})`), index?.says);
});

test("the database tells a fact in the words that the code does", async () => {
  const [template, subject] = ["{subject} studies at {object}", "Jane {object}"];
  for (const object of ["University of Leeds", "MIT", "Bank of Ireland", "Museum of Modern Art"]) {
    const [told] = await readRows({ words: TEXT })`SELECT lethe_tell(${template}, ${subject}, ${object}) AS words`;
    assert.equal(told?.words, renderTemplate(template, subject, object));
  }
});
