import assert from "node:assert/strict";
import { test } from "node:test";
import { findTimes } from "#lib/extraction/times/find.ts";

/** Said on Wednesday, 15 May 2024: what a time is to what is told, and its day, where that lies behind. */
const TIMES: Readonly<Record<string, string>> = {
  "last Friday": "at 2024-05-10",
  "last Wednesday": "at 2024-05-08",
  "this past Monday": "at 2024-05-13",
  "since last Monday": "since 2024-05-13",
  "on Tuesday": "at 2024-05-14",
  "last weekend": "at 2024-05-11",
  "over the weekend": "at 2024-05-11",
  "earlier this week": "at 2024-05-13",
  "the week before last": "at 2024-05-01",
  "this morning": "at 2024-05-15",
  "last night": "at 2024-05-14",
  "the day before yesterday": "at 2024-05-13",
  "3 weeks ago": "at 2024-04-24",
  "a fortnight ago": "at 2024-05-01",
  "two weeks back": "at 2024-05-01",
  "half a year ago": "at 2023-11-01",
  "a year and a half ago": "at 2022-11-01",
  "a decade ago": "at 2014-01-01",
  "until a month ago": "until 2024-04-01",
  "a few years ago": "at no day",
  "last March": "at 2024-03-01",
  "next January": "at 2025-01-01",
  "early April": "at 2024-04-01",
  "at the end of June": "at 2023-06-01",
  "in mid-May": "at 2024-05-01",
  "in the summer of 2020": "at 2020-06-01",
  "since spring 2021": "since 2021-03-01",
  "at the end of 2022": "at 2022-12-01",
  "at the beginning of the year": "at 2024-01-01",
  "around 2015": "at 2015-01-01",
  "in '98": "at 1998-01-01",
  "in Feb '23": "at 2023-02-01",
  "in 2023-04": "at 2023-04-01",
  "in Q2 2023": "at 2023-04-01",
  "on New Year's Eve": "at 2023-12-31",
  "at Christmas": "at 2023-12-25",
  "over Christmas": "at 2023-12-25",
  "on 29 February": "at 2024-02-29",
  "on Feb 29": "at 2024-02-29",
  "on the first": "at 2024-05-01",
  "from 2015 to 2018": "span 2015-01-01",
  "for three years": "for 2021-01-01",
  "for a few months": "for no day",
  "in Ghent Tuesday": "at 2024-05-14",
  "Ruby Tuesday": "nothing",
  "on Friday, 3rd May": "at 2024-05-03",
  "a call with May": "nothing",
  "half the people": "nothing",
  "in the 90s": "nothing",
  "model 2015-2018": "nothing",
};

for (const [text, expected] of Object.entries(TIMES))
  test(`"${text}" → ${expected}`, () => {
    const [time] = findTimes(`It was ${text}.`, { instant: new Date("2024-05-15T10:00:00Z"), offset: 0 });
    const told = time ? `${time.role} ${time.behind?.toISOString().slice(0, 10) ?? "no day"}` : "nothing";
    assert.equal(told, expected);
  });
