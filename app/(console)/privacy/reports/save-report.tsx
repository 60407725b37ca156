"use client";

import { Button } from "#components/ui/button.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import type { RightFigures } from "#lib/privacy/requests/report/queries.ts";

/** Saves the figures by right as a table that spreadsheets open (RFC 4180). They are counts: nothing in them needs quoting. */
export function SaveReport({ year, rights }: { year: number; rights: RightFigures[] }) {
  const save = () => {
    const heads = Object.keys(rights[0] ?? {});
    const lines = [heads, ...rights.map((figures) => Object.values(figures).map((value) => value ?? ""))];
    saveFile(`privacy-requests-${year}.csv`, "text/csv", `${lines.map((cells) => cells.join(",")).join("\r\n")}\r\n`);
  };
  return <Button onClick={save}>Download CSV</Button>;
}
