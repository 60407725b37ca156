import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Claim } from "#lib/graph/write/fact-draft.ts";
import { weave } from "#lib/graph/write/weave.ts";

const DAY = 86_400_000;
const makeDay = (number: number) => new Date(Date.UTC(2024, 0, 1) + number * DAY);

let made = 0;
function makeClaim(value: string, values: Partial<Claim> = {}): Claim {
  made += 1;
  return {
    uuid: `claim-${made}`,
    ordinal: 0,
    edgeUuid: null,
    kind: "holds",
    identity: value,
    sourceUuid: "jane",
    targetUuid: value,
    name: "WORKS_AT",
    fact: `Jane works at ${value}`,
    single: true,
    validAt: null,
    invalidAt: null,
    expiredAt: null,
    confidence: 0.9,
    extractor: "rules",
    attributes: {},
    saidAt: makeDay(0),
    seq: BigInt(made),
    ...values,
  };
}

/** What the facts say, without their uuids. */
function describeFacts(claims: Claim[]) {
  return weave(claims)
    .map(({ fact, validAt, invalidAt, supersededBy }) => [
      fact,
      validAt?.getTime() ?? null,
      invalidAt?.getTime() ?? null,
      supersededBy !== null,
    ])
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

test("of a single-valued relation the newer fact ends the older, even when it is told first", () => {
  const older = makeClaim("Acme", { validAt: makeDay(0), saidAt: makeDay(0) });
  const newer = makeClaim("Globex", { validAt: makeDay(100), saidAt: makeDay(100) });
  for (const claims of [
    [older, newer],
    [newer, older],
  ]) {
    const [acme, globex] = weave(claims);
    assert.deepEqual([acme?.invalidAt, globex?.invalidAt], [makeDay(100), null]);
    assert.equal(acme?.supersededBy, globex?.uuid);
  }
});

test("facts whose times do not overlap leave each other alone", () => {
  const before = makeClaim("Initech", { validAt: makeDay(0), invalidAt: makeDay(10) });
  const after = makeClaim("Acme", { validAt: makeDay(20) });
  assert.deepEqual(
    describeFacts([after, before]).map(([, from, until]) => [from, until]),
    [
      [makeDay(20).getTime(), null],
      [makeDay(0).getTime(), makeDay(10).getTime()],
    ],
  );
});

test("what ends takes along every claim of the same value and leaves others", () => {
  const facts = weave([
    makeClaim("Slack", { single: false, validAt: makeDay(0) }),
    makeClaim("Slack", { kind: "ends", single: false, saidAt: makeDay(5) }),
  ]);
  assert.deepEqual(
    facts.map(({ invalidAt, claims }) => [invalidAt, claims.length]),
    [[makeDay(5), 2]],
  );
});

test("an end of which no beginning is known is a fact that is over; a beginning told later joins it", () => {
  const end = makeClaim("Slack", { kind: "ends", single: false, saidAt: makeDay(5) });
  const [alone] = weave([end]);
  assert.deepEqual([alone?.validAt, alone?.invalidAt], [null, makeDay(5)]);
  const [joined, ...others] = weave([
    end,
    makeClaim("Slack", { single: false, validAt: makeDay(1), saidAt: makeDay(9) }),
  ]);
  assert.deepEqual([joined?.validAt, joined?.invalidAt, others.length], [makeDay(1), makeDay(5), 0]);
});

test("what comes back is a second fact, not a longer first one", () => {
  const claims = [
    makeClaim("Acme", { validAt: makeDay(0) }),
    makeClaim("Globex", { validAt: makeDay(10), saidAt: makeDay(10) }),
    makeClaim("Acme", { validAt: makeDay(20), saidAt: makeDay(20) }),
  ];
  assert.deepEqual(
    weave(claims).map(({ fact, validAt, invalidAt }) => [fact, validAt, invalidAt]),
    [
      ["Jane works at Acme", makeDay(0), makeDay(10)],
      ["Jane works at Globex", makeDay(10), makeDay(20)],
      ["Jane works at Acme", makeDay(20), null],
    ],
  );
});

test("terms of office with both ends known stay apart, and the same one told twice is one", () => {
  const makeTerm = (from: number, until: number) =>
    makeClaim("Senate", { single: false, validAt: makeDay(from), invalidAt: makeDay(until) });
  const facts = weave([makeTerm(0, 10), makeTerm(10, 20), makeTerm(0, 10)]);
  assert.deepEqual(
    facts.map(({ validAt, invalidAt, claims }) => [validAt, invalidAt, claims.length]),
    [
      [makeDay(0), makeDay(10), 2],
      [makeDay(10), makeDay(20), 1],
    ],
  );
});

const arbitraryClaim = fc
  .record({
    value: fc.constantFrom("Acme", "Globex", "Initech"),
    kind: fc.constantFrom("holds" as const, "holds" as const, "ends" as const),
    from: fc.option(fc.nat(40)),
    lasts: fc.option(fc.nat(20)),
    said: fc.nat(60),
  })
  .map((drawn) => ({ ...drawn, from: drawn.kind === "ends" ? null : drawn.from }));

type Drawn = typeof arbitraryClaim extends fc.Arbitrary<infer T> ? T : never;

function makeClaims(drawn: Drawn[], single: boolean): Claim[] {
  return drawn.map(({ value, kind, from, lasts, said }, index) => {
    const until = lasts === null ? null : makeDay((from ?? 20) + lasts);
    // No two are said at once: what is said at the same moment counts in the order of its arrival.
    const saidAt = new Date(makeDay(said).getTime() + index);
    return makeClaim(value, { kind, single, validAt: from === null ? null : makeDay(from), invalidAt: until, saidAt });
  });
}

test("the order of arrival makes no difference, no interval runs backwards, and every claim is in exactly one fact", () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryClaim, { maxLength: 12 }),
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      (drawn, single, dice) => {
        const claims = makeClaims(drawn, single);
        const shuffled = claims
          .map((item) => ({ item, key: dice.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }, index) => ({ ...item, seq: BigInt(index) }));
        assert.deepEqual(describeFacts(shuffled), describeFacts(claims));
        const facts = weave(claims);
        for (const { validAt, invalidAt } of facts) assert.ok(!validAt || !invalidAt || validAt <= invalidAt);
        assert.deepEqual(facts.flatMap((fact) => fact.claims).sort(), claims.map(({ uuid }) => uuid).sort());
        assert.equal(new Set(facts.map(({ uuid }) => uuid)).size, facts.length);
      },
    ),
    { numRuns: 400 },
  );
});

test("of a single-valued relation never two values hold at one moment", () => {
  fc.assert(
    fc.property(fc.array(arbitraryClaim, { maxLength: 12 }), (drawn) => {
      const open = weave(makeClaims(drawn, true)).filter(({ invalidAt }) => invalidAt === null);
      assert.ok(new Set(open.map(({ targetUuid }) => targetUuid)).size <= 1);
    }),
    { numRuns: 400 },
  );
});

test("what an episode leaves open ends what was known before it, and not what begins in it", () => {
  const acme = makeClaim("Acme", { validAt: makeDay(0), saidAt: makeDay(0) });
  const seq = 1_000n;
  const quit = makeClaim("jane", {
    kind: "closes",
    fact: "{subject} works at {object}",
    invalidAt: makeDay(90),
    saidAt: makeDay(100),
    seq,
  });
  const joined = makeClaim("Globex", { validAt: makeDay(90), saidAt: makeDay(100), seq });
  const facts = weave([joined, quit, acme]).map(({ targetUuid, invalidAt }) => [targetUuid, invalidAt]);
  assert.deepEqual(
    new Map(facts.map(([target, end]) => [target, end])),
    new Map([
      ["Acme", makeDay(90)],
      ["Globex", null],
    ]),
  );
});

test("what an episode lists takes the place of all that was listed before", () => {
  const list = (value: string, day: number) =>
    makeClaim(value, { kind: "lists", name: "HAS_INTEREST", saidAt: makeDay(day), seq: BigInt(2_000 + day) });
  const facts = weave([list("hiking", 0), list("jazz", 0), list("hiking", 5)]);
  assert.deepEqual(
    new Map(facts.map(({ targetUuid, invalidAt }) => [targetUuid, invalidAt])),
    new Map([
      ["hiking", null],
      ["jazz", makeDay(5)],
    ]),
  );
});

test("an end of which nobody knew counts from when it was, and what holds at the side ends nothing", () => {
  const acme = makeClaim("Acme", { saidAt: makeDay(50) });
  const aside = makeClaim("Rewe", { kind: "adds", saidAt: makeDay(60) });
  const left = makeClaim("Acme", { kind: "closes", invalidAt: makeDay(10), saidAt: makeDay(70) });
  const facts = weave([acme, aside, left]).map(({ targetUuid, invalidAt }) => [targetUuid, invalidAt] as const);
  assert.deepEqual(
    new Map(facts),
    new Map([
      ["Acme", makeDay(10)],
      ["Rewe", null],
    ]),
  );
});

test("what is told later of an earlier time had ended by then what was told without a beginning", () => {
  const paris = makeClaim("Paris", { validAt: makeDay(50), saidAt: makeDay(50) });
  const rome = makeClaim("Rome", { validAt: makeDay(10), saidAt: makeDay(60) });
  for (const claims of [
    [paris, rome],
    [rome, paris],
  ]) {
    const facts = new Map(
      weave(claims).map(({ targetUuid, validAt, invalidAt }) => [targetUuid, [validAt, invalidAt]]),
    );
    assert.deepEqual(
      facts,
      new Map([
        ["Rome", [makeDay(10), null]],
        ["Paris", [null, makeDay(10)]],
      ]),
    );
  }
});
