import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addPause, computeDeadlines, computeExtension } from "#lib/privacy/requests/clocks.ts";
import { LAWS } from "#lib/privacy/requests/terms.ts";

const UTC = { timeZone: "UTC", restDays: [] };

const answerBy = (law: (typeof LAWS)[number], at: string, timeZone = "UTC", restDays: string[] = []) =>
  computeDeadlines(law, new Date(at), { timeZone, restDays }).answerBy.toISOString();

test("a month ends on the day of the same number, on the last of a shorter one, and never on a weekend", () => {
  assert.equal(answerBy("gdpr", "2026-03-03T12:00:00Z"), "2026-04-03T23:59:59.999Z");
  assert.equal(answerBy("gdpr", "2027-01-31T12:00:00Z"), "2027-03-01T23:59:59.999Z", "28 February 2027 is a Sunday");
  assert.equal(answerBy("gdpr", "2028-01-31T12:00:00Z"), "2028-02-29T23:59:59.999Z", "a leap year");
  assert.equal(answerBy("gdpr", "2026-12-31T23:30:00Z"), "2027-02-01T23:59:59.999Z", "31 January 2027 is a Sunday");
  assert.equal(answerBy("uk_gdpr", "2026-04-25T00:00:00Z"), "2026-05-25T23:59:59.999Z");
  assert.equal(answerBy("gdpr", "2026-07-15T00:00:00Z"), "2026-08-17T23:59:59.999Z", "15 August 2026 is a Saturday");
});

test("the day is the one where the team works, and its end follows the clocks there", () => {
  assert.equal(answerBy("gdpr", "2026-03-02T23:30:00Z", "Europe/Berlin"), "2026-04-03T21:59:59.999Z");
  assert.equal(answerBy("gdpr", "2026-03-02T23:30:00Z", "America/New_York"), "2026-04-03T03:59:59.999Z");
  // 25 October 2026 has 25 hours in Berlin, and the 45th day ends in winter time.
  assert.equal(answerBy("ccpa", "2026-09-11T10:00:00Z", "Europe/Berlin"), "2026-10-26T22:59:59.999Z");
  assert.equal(answerBy("ccpa", "2026-09-10T10:00:00Z", "Europe/Berlin"), "2026-10-25T22:59:59.999Z");
  assert.equal(answerBy("ccpa", "2026-09-09T10:00:00Z", "Europe/Berlin"), "2026-10-24T21:59:59.999Z");
});

test("45 calendar days and ten working days under the CCPA, from receipt, weekends or not", () => {
  const { acknowledgeBy, answerBy } = computeDeadlines("ccpa", new Date("2026-11-27T10:00:00Z"), UTC);
  assert.equal(acknowledgeBy?.toISOString(), "2026-12-11T23:59:59.999Z");
  assert.equal(answerBy.toISOString(), "2027-01-11T23:59:59.999Z");
  assert.equal(
    computeExtension("ccpa", new Date("2026-11-27T10:00:00Z"), UTC)?.toISOString(),
    "2027-02-25T23:59:59.999Z",
  );
});

test("an extension counts from receipt, and there is none where the law gives none", () => {
  const at = new Date("2026-11-30T12:00:00Z");
  assert.equal(computeExtension("gdpr", at, UTC)?.toISOString(), "2027-03-01T23:59:59.999Z", "28 February is a Sunday");
  assert.equal(computeExtension("delete_act", at, UTC), null);
  assert.equal(computeDeadlines("delete_act", at, UTC).answerBy.toISOString(), "2027-01-14T23:59:59.999Z");
});

test("a public holiday is no working day, and a time that ends on one ends on the next where the law says so", () => {
  const christmas = ["2026-12-25", "2026-12-28"];
  assert.equal(answerBy("gdpr", "2026-11-25T12:00:00Z", "UTC", christmas), "2026-12-29T23:59:59.999Z");
  assert.equal(answerBy("gdpr", "2026-11-24T12:00:00Z", "UTC", christmas), "2026-12-24T23:59:59.999Z");
  assert.equal(answerBy("ccpa", "2026-11-10T12:00:00Z", "UTC", christmas), "2026-12-25T23:59:59.999Z");
  const acknowledge = computeDeadlines("ccpa", new Date("2026-12-14T12:00:00Z"), { ...UTC, restDays: christmas });
  assert.equal(acknowledge.acknowledgeBy?.toISOString(), "2026-12-30T23:59:59.999Z");
  const extended = computeExtension("gdpr", new Date("2026-09-25T12:00:00Z"), { ...UTC, restDays: christmas });
  assert.equal(extended?.toISOString(), "2026-12-29T23:59:59.999Z");
});

test("where the clocks change at midnight a day ends when the next one begins", () => {
  // Santiago: from 4 to 5 April 2026 the hour before midnight comes twice; on 6 September it is 1 o'clock after midnight's stroke.
  assert.equal(answerBy("ccpa", "2026-02-18T15:00:00Z", "America/Santiago"), "2026-04-05T03:59:59.999Z");
  assert.equal(answerBy("ccpa", "2026-07-22T15:00:00Z", "America/Santiago"), "2026-09-06T03:59:59.999Z");
});

test("a pause moves the end by as long as it lasted", () => {
  const end = new Date("2026-12-27T23:59:59.999Z");
  const moved = addPause(end, new Date("2026-12-01T00:00:00Z"), new Date("2026-12-04T12:00:00Z"));
  assert.equal(moved.toISOString(), "2026-12-31T11:59:59.999Z");
  assert.equal(addPause(end, new Date("2026-12-04"), new Date("2026-12-01")).getTime(), end.getTime());
});

test("whatever the moment and the place, the answer is due later than it arrived, and an extension later still", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...LAWS),
      fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
      fc.constantFrom(
        "UTC",
        "Europe/Berlin",
        "America/Los_Angeles",
        "Pacific/Kiritimati",
        "Asia/Kathmandu",
        "Asia/Beirut",
      ),
      (law, at, zone) => {
        const { answerBy, acknowledgeBy } = computeDeadlines(law, at, { timeZone: zone, restDays: [] });
        const days = (answerBy.getTime() - at.getTime()) / 86_400_000;
        assert.ok(days > 27 && days < 48, `${law} ${at.toISOString()} ${zone}: ${days}`);
        assert.ok(!acknowledgeBy || acknowledgeBy < answerBy);
        const extended = computeExtension(law, at, { timeZone: zone, restDays: [] });
        assert.ok(!extended || extended > answerBy);
        const shown = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "medium" }).format(answerBy);
        assert.equal(shown, "23:59:59");
      },
    ),
  );
});
