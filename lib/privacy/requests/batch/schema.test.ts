import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  CSV_COLUMNS,
  type CsvRow,
  findRepeated,
  readCsv,
  readRequest,
  writeCsv,
} from "#lib/privacy/requests/batch/schema.ts";

const HEADS = "reference,identifier,type,law,received,contact,keepout";

function readOne(line: string, heads = HEADS): CsvRow {
  const { rows, problem } = readCsv(`${heads}\n${line}\n`);
  assert.equal(problem, null);
  const [row] = rows;
  assert.ok(row);
  return row;
}

test("a row is read as the request that it is, whatever separates its columns and however its heads are written", () => {
  const expected = {
    ...{ type: "erasure", law: "uk_gdpr", channel: "csv", identifier: "jane@example.org", contact: "a, b" },
    ...{ externalRef: "T-1", receivedAt: new Date("2026-11-02T12:00:00Z"), keepsOut: false },
  };
  for (const [line, heads] of [
    ['T-1,jane@example.org,Erasure,UK GDPR,2026-11-02,"a, b",no', HEADS],
    [
      "no;a, b;2026-11-02;uk_gdpr;ERASURE;jane@example.org;T-1",
      "Keep_out;Contact;Received;Law;Type;Identifier;Reference",
    ],
    ["T-1\tjane@example.org\terasure\tuk_gdpr\t2026-11-02\ta, b\tfalse", HEADS.replaceAll(",", "\t")],
  ] as const)
    assert.deepEqual(readRequest(readOne(line, heads)), expected);
  const marked = readCsv(`\ufeff${HEADS}\r\nT-2,jane,access,gdpr,,,\r\n\r\nT-3,"jo\nhn",access,gdpr,,,\r\n`);
  assert.deepEqual(
    marked.rows.map(({ row, cells }) => [row, cells.reference, cells.identifier]),
    [
      [2, "T-2", "jane"],
      [4, "T-3", "jo\nhn"],
    ],
  );
});

test("what cannot be read says what is wrong with it, of the file as a whole and of each column", () => {
  assert.match(readCsv("").problem ?? "", /Missing: reference, identifier, type, law/);
  assert.match(readCsv("reference,identifier,law\n1,2,3\n").problem ?? "", /Missing: type/);
  assert.match(readCsv(`${HEADS}\n\n , ,\n`).problem ?? "", /no request/);
  assert.match(readCsv(`${HEADS},law\n1,2\n`).problem ?? "", /law is there twice/);
  assert.match(readCsv(`${HEADS}\n${"1,2\n".repeat(5_001)}`).problem ?? "", /5000 at a time/);
  assert.match(readCsv(`${HEADS}\n1,2,3\n1,"2,3\n4,5,6\n`).problem ?? "", /In row 3 a quotation mark/);
  assert.match(
    readCsv(`reference,identifier,type,law\n1,Gone, Erica,access,gdpr\n`).problem ?? "",
    /Row 2 has more cells/,
  );
  assert.deepEqual(readCsv(`${HEADS},Phone\n1,2\n`).ignored, ["Phone"]);
  const refused = (line: string) => {
    try {
      readRequest(readOne(line));
    } catch (error) {
      assert.ok(error instanceof Error && "fields" in error && typeof error.fields === "object" && error.fields);
      return Object.keys(error.fields).sort();
    }
    return [];
  };
  assert.deepEqual(refused(",,sale,roman,yesterday,,perhaps"), [
    ...["identifier", "keepout", "law", "received", "reference", "type"],
  ]);
  assert.deepEqual(refused(`1,${"x".repeat(501)},erasure,gdpr,,,`), ["identifier"]);
  assert.deepEqual(refused("1,jane,erasure,gdpr,2999-01-01,,"), ["received"]);
  assert.deepEqual(refused("1,jane,erasure,gdpr,,,"), []);
});

test("a reference that a file has twice is told with the row that had it first", () => {
  const { rows } = readCsv(
    "reference,identifier,type,law\na,1,access,gdpr\nb,2,access,gdpr\na,3,access,gdpr\n,4\n,5\n",
  );
  assert.deepEqual([...findRepeated(rows)], [[4, 2]]);
});

test("whatever a file holds, it is read without an error, and what is written is read as the same again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      readCsv(text);
      for (const row of readCsv(`${HEADS}\n${text}`).rows)
        assert.deepEqual(Object.keys(row.cells), Object.keys(CSV_COLUMNS));
    }),
  );
  const cell = fc.string({ maxLength: 20 }).map((value) => `x${value}x`.replace(/\r\n?/g, "\n"));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 5 }), (lines) => {
      const rows = lines.map(([reference = "", identifier = "", type = "", law = "", ...more]) => {
        const [received = "", contact = "", keepout = ""] = more;
        return { reference, identifier, type, law, received, contact, keepout };
      });
      const read = readCsv(writeCsv(rows.map((cells) => ({ cells, problem: "why" }))));
      assert.deepEqual(
        read.rows.map(({ cells }) => cells),
        rows,
      );
    }),
  );
});
