import assert from "node:assert/strict";
import { test } from "node:test";
import { renderTemplate } from "#lib/relations.ts";
import { readAsJane } from "#prisma/reading.ts";

/** What is known from a record, with the days from and until which it holds. */
function tellRecord(record: object): string[] {
  return readAsJane(record).map(({ source, target, fact, validAt, invalidAt }) => {
    const days = [validAt, invalidAt].map((time) => time?.toISOString().slice(0, 10) ?? "");
    return `${renderTemplate(fact, source ?? "Jane", target ?? "Jane")} ${days.join("..")}`.replace(/ \.\.$/, "");
  });
}

const EXAMPLES: Readonly<Record<string, [record: object, ...told: string[]]>> = {
  "what a record only says about itself is nobody's": [
    { type: "order", id: "1189", total: 41.98, status: "refunded", date: "2026-02-10" },
    "Jane has order 1189 2026-02-10..",
    "order 1189's total is 41.98",
    "order 1189's status is refunded",
    "order 1189's date is 10 February 2026",
  ],
  "two things of a person have two statuses": [
    [
      { type: "subscription", product: "RunCoach", status: "active", started_at: "2026-02-02" },
      { device: "Apple Watch", paired_at: "2026-11-05", os: "watchOS 12", status: "paired" },
    ],
    "Jane's subscription product is RunCoach 2026-02-02..",
    "Jane's subscription status is active 2026-02-02..",
    "Jane's device is Apple Watch",
    "Jane's device was paired on 5 November 2026 2026-11-05..",
    "Jane's device os is watchOS 12",
    "Jane's device status is paired 2026-11-05..",
  ],
  "a booking is a thing of its own, over when it has been, and the dogs on it are not the person's": [
    {
      type: "booking",
      customer: "Jane Smith",
      hotel: "Grassington Lodge",
      check_in: "2025-02-07",
      nights: 2,
      dogs: 1,
      status: "completed",
    },
    "Jane has booking of 7 February 2025 2025-02-07..2025-02-08",
    "booking of 7 February 2025's hotel is Grassington Lodge",
    "booking of 7 February 2025's nights are 2",
    "booking of 7 February 2025's dogs are 1",
    "booking of 7 February 2025's status is completed",
  ],
  "the name of a system is no word of a fact": [
    { crm: { contact: "Jane Smith", role: "Head Pastry Chef", active: true, newsletter_subscribed: false } },
    "Jane's role is Head Pastry Chef",
    "Jane is active",
    "Jane's newsletter is not subscribed",
  ],
  "a sum has its currency, and a line its article": [
    { order_id: "WH-88121", total_gbp: 41.5, items: [{ sku: "CAT-LITTER-10L", qty: 2 }] },
    "Jane has order WH-88121",
    "order WH-88121's total is 41.5 GBP",
    "order WH-88121's item is CAT-LITTER-10L (qty 2)",
  ],
  "a last state holds from the end on": [
    { plan: "Care", status: "cancelled", started_at: "2026-01-10", cancelled_at: "2026-06-25" },
    "Jane's plan is Care 2026-01-10..2026-06-25",
    "Jane's plan status is cancelled 2026-06-25..",
  ],
  "an update of a profile is about the person from its day on": [
    [
      {
        event: "address_changed",
        customer: { name: "Jane Smith" },
        address: { street: "1 Elm Road", city: "Leeds" },
        date: "2026-06-02",
      },
      { event: "plan_changed", from: "Basic", to: "Pro", date: "2026-05-01" },
      { type: "profile_update", language: "en-GB", updated_at: "2026-03-10" },
    ],
    "Jane's address is 1 Elm Road, Leeds 2026-06-02..",
    "Jane's previous plan is Basic 2026-05-01..",
    "Jane's plan is Pro 2026-05-01..",
    "Jane's language is en-GB 2026-03-10..",
  ],
  "a part is told once by its name": [
    { contract: { tariff: "Fiber 500", valid_from: "2026-05-23", contract_end: "2028-05-22" } },
    "Jane's contract tariff is Fiber 500 2026-05-23..2028-05-22",
  ],
  "what happened on a day is a thing of that day": [
    { appointment: { date: "2026-10-28", technician: "Mehmet Yildiz" } },
    "Jane has appointment of 28 October 2026 2026-10-28..2026-10-29",
    "appointment of 28 October 2026's technician is Mehmet Yildiz",
  ],
  "how many of a thing is so in one order": [
    { order_id: "M-1", items: [{ name: "Skillet", quantity: 1, price: 39.5 }], ordered_at: "2026-09-25" },
    "Jane has order M-1 2026-09-25..",
    "order M-1's item is Skillet (quantity 1, price 39.5)",
    "order M-1 was ordered on 25 September 2026 2026-09-25..",
  ],
  "who the record is of is no part of a name": [
    { student: { university: "Georgia Tech", major: "Computer Science" } },
    "Jane's university is Georgia Tech",
    "Jane's major is Computer Science",
  ],
  "lines of an order are told one by one, days as they are written and codes in words": [
    {
      orderId: 30418,
      placed: "2026-06-10",
      state: "RETURN_REQUESTED",
      completed_at: "2026-08-12T11:05:00+12:00",
      lines: [
        { article: "Impeller kit", pcs: 2 },
        { article: "Anchor chain", pcs: 1 },
      ],
      net: 49.5,
      currency: "eur",
    },
    "Jane has order 30418",
    "order 30418 was placed on 10 June 2026 2026-06-10..",
    "order 30418's state is return requested",
    "order 30418 was completed on 12 August 2026 2026-08-11..",
    "order 30418's line is Impeller kit (pcs 2)",
    "order 30418's line is Anchor chain (pcs 1)",
    "order 30418's net is 49.5 EUR",
  ],
  "a subscription's plan is the person's, and what is theirs is called so": [
    [
      { event: "subscription.updated", occurred_at: "2026-11-15", subscription: { id: "sub_1", plan: "Yearly" } },
      { vehicle: { owner: "Jane Smith", make: "Nissan", registered_on: "2026-07-14" } },
      {
        customer: {
          name: "Jane Smith",
          address: { city: "Porto", since: "2026-08-20" },
          diet: "mediterranean",
          joined: "2019-03-01",
        },
      },
    ],
    "Jane has subscription sub_1 2026-11-15..",
    "subscription sub_1's plan is Yearly 2026-11-15..",
    "Jane's plan is Yearly 2026-11-15..",
    "Jane's vehicle make is Nissan",
    "Jane's vehicle was registered on 14 July 2026 2026-07-14..",
    "Jane's address is Porto 2026-08-20..",
    "Jane's diet is mediterranean",
    "Jane joined on 1 March 2019",
  ],
  "what has no name is told one by one, and nobody else becomes the person": [
    [
      { name: "Jane Smith", job: "Nurse", city: "Leeds" },
      { guests: [{ age: 4, diet: "vegan" }] },
      { emergency_contact: { phone: "+1 555 7" } },
      {
        tests: [
          { test: "HIV", result: "negative" },
          { test: "Syphilis", result: "positive" },
        ],
      },
      { customer: { name: "Karl Smith" }, order: { id: "K-1" } },
    ],
    "Jane's job is Nurse",
    "Jane's city is Leeds",
    "Jane's guest is age 4, diet vegan",
    "Jane's emergency contact phone is +1 555 7",
    "Jane's test is test HIV, result negative",
    "Jane's test is test Syphilis, result positive",
    "Karl Smith has order K-1",
  ],
  "an end has its own day": [
    [
      { plan: null, updated_at: "2026-03-01" },
      { subscription: { id: "sub_1", status: "canceled", start_date: "2025-01-01", ended_at: "2026-05-01" } },
      { event: "subscription_cancelled", cancelled_at: "2026-06-01" },
      { order_id: "A-1", created_at: "2026-05-01", updated_at: "2026-05-20" },
    ],
    // It ends whatever plan there was.
    "Jane's plan is Jane ..2026-03-01",
    "Jane has subscription sub_1 2025-01-01..2026-05-01",
    "subscription sub_1's status is canceled 2026-05-01..",
    "Jane's events include subscription cancelled 1 June 2026 2026-06-01..",
    "Jane has order A-1 2026-05-01..",
  ],
  "several are told as several": [
    { allergies: ["peanuts", "latex"], seats: 200, subscribed: true, customer: "cus_9" },
    "Jane's allergies include peanuts",
    "Jane's allergies include latex",
    "Jane's seats are 200",
    "Jane is subscribed",
    "Jane's customer id is cus_9",
  ],
};

for (const [promise, [record, ...told]] of Object.entries(EXAMPLES))
  test(`of a record, ${promise}`, () => assert.deepEqual(tellRecord(record).toSorted(), told.toSorted()));
