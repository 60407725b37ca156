import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LabelSpace } from "#components/graph/label-space.ts";

const disc = fc.record({
  x: fc.integer({ min: 0, max: 400 }),
  y: fc.integer({ min: 0, max: 300 }),
  radius: fc.integer({ min: 2, max: 14 }),
});

test("however nodes stand, no name covers another name or a node", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(disc, { maxLength: 40, selector: ({ x, y }) => `${x} ${y}` }),
      fc.integer({ min: 10, max: 140 }),
      (discs, width) => {
        const space = new LabelSpace(discs);
        const size = 12;
        const names = discs.flatMap((one) => {
          const place = space.placeName(one, width, size);
          return place ? [{ left: place.x, top: place.y - 9.6, right: place.x + width, bottom: place.y + 3 }] : [];
        });
        const apart = (a: (typeof names)[number], b: (typeof names)[number]) =>
          a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom;
        for (const [at, name] of names.entries()) {
          for (const other of names.slice(at + 1)) assert.ok(apart(name, other));
          for (const { x, y, radius } of discs)
            assert.ok(apart(name, { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }));
        }
      },
    ),
  );
});

test("a name stands to the right of its node, and elsewhere only where that is taken", () => {
  const [first, second] = [
    { x: 100, y: 100, radius: 5 },
    { x: 130, y: 100, radius: 5 },
  ];
  const space = new LabelSpace([first, second]);
  assert.equal((space.placeName(second, 60, 12)?.x ?? 0) > second.x, true);
  assert.equal((space.placeName(first, 60, 12)?.x ?? 999) < first.x, true);
});
