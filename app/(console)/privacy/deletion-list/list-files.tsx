"use client";

import { useState } from "react";
import {
  addListRowsAction,
  matchDeletionListAction,
  removeListRowsAction,
} from "#app/(console)/privacy/deletion-list/actions.ts";
import { FileDrop } from "#components/ui/file-drop.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { useShownProject } from "#components/ui/project-provider.tsx";
import type { Result } from "#lib/errors.ts";
import { formatCount, formatNumber } from "#lib/format.ts";
import type { RowResult } from "#lib/privacy/deletion-list/file.ts";
import { type ListedRow, type ListFile, readListFile } from "#lib/privacy/deletion-list/schema.ts";
import { MOST_LIST_ROWS } from "#lib/privacy/deletion-list/terms.ts";

interface Taking {
  done: number;
  total: number;
  /** What came of it; nothing while it is under way. */
  ending: { tone: "done" | "risk"; words: string } | null;
}

/** Takes the State's files in, one after the other, and compares everybody with them. */
export function ListFiles({ onBroker }: { onBroker: (broker: string) => void }) {
  const project = useShownProject();
  const [taking, setTaking] = useState<Taking | null>(null);

  const takeIn = async (chosen: File[]) => {
    const read = await Promise.all(chosen.map(async (file) => readListFile(file.name, await file.text())));
    const problem = read.find((one) => "problem" in one);
    if (problem && "problem" in problem) return setTaking(endInFailure(problem.problem));
    const files = read.flatMap((one) => ("file" in one ? [one.file] : []));
    const broker = files.find((file) => file.broker)?.broker;
    if (broker) onBroker(broker);
    const total = files.reduce((before, { rows }) => before + rows.length, 0);
    setTaking({ done: 0, total, ending: null });
    const results: RowResult[] = [];
    for (const file of files)
      for (let start = 0; start < file.rows.length; start += MOST_LIST_ROWS) {
        const sent = await sendRows(project, file, file.rows.slice(start, start + MOST_LIST_ROWS)).catch(() => null);
        if (!sent?.ok) return setTaking(endInFailure(sent?.error.message ?? UNREACHABLE));
        results.push(...sent.value);
        setTaking({ done: results.length, total, ending: null });
      }
    const compared = await matchDeletionListAction(project, { pulled: true }).catch(() => null);
    if (!compared?.ok) return setTaking(endInFailure(compared?.error.message ?? UNREACHABLE));
    setTaking({ done: total, total, ending: { tone: "done", words: describeEnding(results, compared.value) } });
  };

  return (
    <div className="flex flex-col gap-3">
      <FileDrop
        label="Files of the State"
        words="Drop the files that you fetched here, as they came: …_Email.csv, …_Phone.csv, …_Removed.csv."
        accept=".csv,text/csv"
        multiple
        onChoose={(files) => void takeIn(files)}
      />
      {taking && !taking.ending ? <Progress label="Taking in" done={taking.done} total={taking.total} /> : null}
      {taking?.ending ? <Notice tone={taking.ending.tone}>{taking.ending.words}</Notice> : null}
    </div>
  );
}

const UNREACHABLE = "The console cannot be reached. Choose the files again: what was taken in is known.";

function endInFailure(words: string): Taking {
  return { done: 0, total: 0, ending: { tone: "risk", words } };
}

function sendRows(project: string, { kind }: ListFile, rows: ListedRow[]): Promise<Result<RowResult[]>> {
  return kind === "Removed" ? removeListRowsAction(project, rows) : addListRowsAction(project, { list: kind, rows });
}

function describeEnding(results: RowResult[], { users, matched }: { users: number; matched: number }): string {
  const count = (wanted: RowResult["outcome"]) => results.filter(({ outcome }) => outcome === wanted).length;
  const parts = [
    `${formatCount(count("added"), "row")} new`,
    ...(count("removed") > 0 ? [`${formatNumber(count("removed"))} taken back`] : []),
    ...(count("known") > 0 ? [`${formatNumber(count("known"))} known before`] : []),
  ];
  const left = results.flatMap(({ workItem, problem }) => (problem ? [` ${workItem}: ${problem}`] : []));
  return `${parts.join(", ")}. ${formatCount(users, "user")} compared: ${formatCount(matched, "row")} match.${left.join("")}`;
}
