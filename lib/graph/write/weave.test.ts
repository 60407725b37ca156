import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Claim, weave } from "#lib/graph/write/weave.ts";

const DAY = 86_400_000;
const day = (number: number) => new Date(Date.UTC(2024, 0, 1) + number * DAY);

let made = 0;
function claim(value: string, values: Partial<Claim> = {}): Claim {
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
    saidAt: day(0),
    seq: BigInt(made),
    ...values,
  };
}

/** What the facts say, without their uuids. */
function told(claims: Claim[]) {
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
  const older = claim("Acme", { validAt: day(0), saidAt: day(0) });
  const newer = claim("Globex", { validAt: day(100), saidAt: day(100) });
  for (const claims of [
    [older, newer],
    [newer, older],
  ]) {
    const [acme, globex] = weave(claims);
    assert.deepEqual([acme?.invalidAt, globex?.invalidAt], [day(100), null]);
    assert.equal(acme?.supersededBy, globex?.uuid);
  }
});

test("facts whose times do not overlap leave each other alone", () => {
  const before = claim("Initech", { validAt: day(0), invalidAt: day(10) });
  const after = claim("Acme", { validAt: day(20) });
  assert.deepEqual(
    told([after, before]).map(([, from, until]) => [from, until]),
    [
      [day(20).getTime(), null],
      [day(0).getTime(), day(10).getTime()],
    ],
  );
});

test("what ends takes along every claim of the same value and leaves others", () => {
  const facts = weave([
    claim("Slack", { single: false, validAt: day(0) }),
    claim("Slack", { kind: "ends", single: false, saidAt: day(5) }),
  ]);
  assert.deepEqual(
    facts.map(({ invalidAt, claims }) => [invalidAt, claims.length]),
    [[day(5), 2]],
  );
});

test("an end of which no beginning is known is a fact that is over; a beginning told later joins it", () => {
  const end = claim("Slack", { kind: "ends", single: false, saidAt: day(5) });
  const [alone] = weave([end]);
  assert.deepEqual([alone?.validAt, alone?.invalidAt], [null, day(5)]);
  const [joined, ...others] = weave([end, claim("Slack", { single: false, validAt: day(1), saidAt: day(9) })]);
  assert.deepEqual([joined?.validAt, joined?.invalidAt, others.length], [day(1), day(5), 0]);
});

test("what comes back is a second fact, not a longer first one", () => {
  const claims = [
    claim("Acme", { validAt: day(0) }),
    claim("Globex", { validAt: day(10), saidAt: day(10) }),
    claim("Acme", { validAt: day(20), saidAt: day(20) }),
  ];
  assert.deepEqual(
    weave(claims).map(({ fact, validAt, invalidAt }) => [fact, validAt, invalidAt]),
    [
      ["Jane works at Acme", day(0), day(10)],
      ["Jane works at Globex", day(10), day(20)],
      ["Jane works at Acme", day(20), null],
    ],
  );
});

test("terms of office with both ends known stay apart, and the same one told twice is one", () => {
  const term = (from: number, until: number) =>
    claim("Senate", { single: false, validAt: day(from), invalidAt: day(until) });
  const facts = weave([term(0, 10), term(10, 20), term(0, 10)]);
  assert.deepEqual(
    facts.map(({ validAt, invalidAt, claims }) => [validAt, invalidAt, claims.length]),
    [
      [day(0), day(10), 2],
      [day(10), day(20), 1],
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

function claimsOf(drawn: Drawn[], single: boolean): Claim[] {
  return drawn.map(({ value, kind, from, lasts, said }, index) => {
    const until = lasts === null ? null : day((from ?? 20) + lasts);
    // No two are said at once: what is said at the same moment counts in the order of its arrival.
    const saidAt = new Date(day(said).getTime() + index);
    return claim(value, { kind, single, validAt: from === null ? null : day(from), invalidAt: until, saidAt });
  });
}

test("the order of arrival makes no difference, no interval runs backwards, and every claim is in exactly one fact", () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryClaim, { maxLength: 12 }),
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      (drawn, single, dice) => {
        const claims = claimsOf(drawn, single);
        const shuffled = claims
          .map((item) => ({ item, key: dice.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }, index) => ({ ...item, seq: BigInt(index) }));
        assert.deepEqual(told(shuffled), told(claims));
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
      const open = weave(claimsOf(drawn, true)).filter(({ invalidAt }) => invalidAt === null);
      assert.ok(new Set(open.map(({ targetUuid }) => targetUuid)).size <= 1);
    }),
    { numRuns: 400 },
  );
});
