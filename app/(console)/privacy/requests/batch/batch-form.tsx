"use client";

import { useState } from "react";
import { checkRowsAction, fileRowsAction } from "#app/(console)/privacy/requests/actions.ts";
import { FileChoice } from "#app/(console)/privacy/requests/batch/file-choice.tsx";
import { type JudgedRow, RowsTable } from "#app/(console)/privacy/requests/batch/rows-table.tsx";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Figures } from "#components/ui/figures.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import { useBatches } from "#components/ui/use-batches.ts";
import { formatCount, formatNumber } from "#lib/format.ts";
import type { RowOutcome } from "#lib/privacy/requests/batch/file.ts";
import { type CsvFile, type CsvRow, findRepeated, readCsv, writeCsv } from "#lib/privacy/requests/batch/schema.ts";

/** Small enough that stopping takes effect within a moment. */
const BATCH = 50;

interface ReadFile extends CsvFile {
  name: string;
  /** Rows whose reference another row has had before, with that row. */
  repeated: ReadonlyMap<number, number>;
  /** All others. */
  distinct: CsvRow[];
}

async function readFile(chosen: File): Promise<ReadFile> {
  const file = readCsv(await chosen.text());
  const repeated = findRepeated(file.rows);
  return { ...file, name: chosen.name, repeated, distinct: file.rows.filter(({ row }) => !repeated.has(row)) };
}

/** Takes a file of requests from its choice over a dry run to what became of each row. */
export function BatchForm() {
  const [file, setFile] = useState<ReadFile | null>(null);
  const checking = useBatches(BATCH, checkRowsAction);
  const filing = useBatches(BATCH, fileRowsAction);

  const choose = async (chosen: File) => {
    const read = await readFile(chosen);
    setFile(read);
    filing.reset();
    checking.reset();
    if (read.problem === null) checking.run(read.distinct);
  };
  const startAnew = () => {
    filing.reset();
    checking.reset();
    setFile(null);
  };

  if (!file || file.problem !== null)
    return <FileChoice problem={file?.problem ?? null} onChoose={(chosen) => void choose(chosen)} />;

  const isFiling = filing.total > 0;
  const judged = judgeRows(file, [...checking.outcomes, ...filing.outcomes]);
  const isChecked = !checking.running && checking.outcomes.length === file.distinct.length;
  const fresh = judged.filter(({ outcome }) => outcome?.outcome === "new");
  const refused = judged.filter(({ outcome }) => outcome?.outcome === "refused");
  const fileThem = () => {
    const wanted = new Set(checking.outcomes.filter(({ outcome }) => outcome === "new").map(({ row }) => row));
    filing.run(file.distinct.filter(({ row }) => wanted.has(row)));
  };
  return (
    <div className="flex flex-col gap-5">
      {file.ignored.length > 0 ? (
        <Notice tone="info">{`Nothing is made of these columns: ${file.ignored.join(", ")}.`}</Notice>
      ) : null}
      {isFiling ? (
        <Progress label="Filing" done={filing.outcomes.length} total={filing.total} />
      ) : (
        <Progress label="Checking" done={checking.outcomes.length} total={checking.total} />
      )}
      {checking.problem || filing.problem ? <Notice tone="risk">{filing.problem ?? checking.problem}</Notice> : null}
      {isFiling && !filing.running && !filing.problem ? <Ending filing={filing.outcomes} total={filing.total} /> : null}
      <FileFigures name={file.name} judged={judged} isFiling={isFiling} />
      <div className="flex flex-wrap gap-2">
        {isChecked && !isFiling && fresh.length > 0 ? (
          <Button kind="primary" onClick={fileThem}>{`File ${formatCount(fresh.length, "request")}`}</Button>
        ) : null}
        {checking.running ? <Button onClick={checking.stop}>Stop here</Button> : null}
        {filing.running ? <Button onClick={filing.stop}>Stop here</Button> : null}
        {isFiling && !filing.running && filing.outcomes.length < filing.total ? (
          <Button kind="primary" onClick={fileThem}>
            Go on
          </Button>
        ) : null}
        {refused.length > 0 && !checking.running && !filing.running ? (
          <Button onClick={() => saveFile("requests-refused.csv", "text/csv", writeCsv(refused.map(toRefusedRow)))}>
            {`Download the ${formatNumber(refused.length)} refused`}
          </Button>
        ) : null}
        {isFiling && !filing.running ? <LinkButton href="/privacy/requests">To the queue</LinkButton> : null}
        {checking.running || filing.running ? null : <Button onClick={startAnew}>Choose another file</Button>}
      </div>
      <RowsTable judged={judged} isFiling={isFiling} />
    </div>
  );
}

function Ending({ filing, total }: { filing: RowOutcome[]; total: number }) {
  if (filing.length < total)
    return (
      <Notice tone="info">
        {`Stopped after ${formatNumber(filing.length)} of ${formatNumber(total)}. What is filed stays filed; going on files the rest.`}
      </Notice>
    );
  const filed = filing.filter(({ outcome }) => outcome === "new").length;
  const left = filed < total ? `, ${formatNumber(total - filed)} not; each row says why` : "";
  return <Notice tone="done">{`${formatCount(filed, "request")} filed${left}.`}</Notice>;
}

function FileFigures({ name, judged, isFiling }: { name: string; judged: JudgedRow[]; isFiling: boolean }) {
  const countOutcomes = (wanted: RowOutcome["outcome"]) =>
    judged.filter(({ outcome }) => outcome?.outcome === wanted).length;
  const figures = [
    { label: "Rows", value: judged.length },
    { label: isFiling ? "Filed or to be filed" : "Would be filed", value: countOutcomes("new") },
    { label: "Filed before", value: countOutcomes("filed before") },
    { label: "Refused", value: countOutcomes("refused") },
  ];
  return <Figures label={name} figures={figures} />;
}

/** Each row with the latest that is known of it. */
function judgeRows({ rows, repeated }: ReadFile, outcomes: RowOutcome[]): JudgedRow[] {
  const known = new Map(outcomes.map((outcome) => [outcome.row, outcome]));
  return rows.map((row) => {
    const before = repeated.get(row.row);
    return { ...row, outcome: before === undefined ? (known.get(row.row) ?? null) : refuseRepeated(row.row, before) };
  });
}

function refuseRepeated(row: number, before: number): RowOutcome {
  const problem = `reference: Row ${before} has the same.`;
  return { row, outcome: "refused", request: null, number: null, isPersonKnown: null, problem };
}

function toRefusedRow({ cells, outcome }: JudgedRow) {
  return { cells, problem: outcome?.problem ?? "" };
}
