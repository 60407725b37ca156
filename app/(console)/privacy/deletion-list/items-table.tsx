"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { confirmOptOutAction, fileMatchedAction } from "#app/(console)/privacy/deletion-list/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { ListTable } from "#components/ui/list-table.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { useBatches } from "#components/ui/use-batches.ts";
import { formatCount, formatNumber } from "#lib/format.ts";
import type { ListItem } from "#lib/privacy/deletion-list/queries.ts";
import { ITEM_STATE_WORDS, type ItemState } from "#lib/privacy/deletion-list/terms.ts";

const TONES: Partial<Record<ItemState, "waiting" | "now" | "ended" | "risk" | "river">> = {
  matched: "risk",
  shared: "waiting",
  in_progress: "river",
  unmatched: "waiting",
  deleted: "now",
  removed: "ended",
  not_found: "ended",
};

/** Few enough that stopping takes effect within a moment. */
const BATCH = 5;

/** Those on the lists, what needs doing first. */
export function ItemsTable({ items, total }: { items: ListItem[]; total: number }) {
  const router = useRouter();
  const filing = useBatches(BATCH, fileMatchedAction);
  const matched = items.filter(({ state }) => state === "matched").map(({ workItem }) => workItem);
  const isOver = filing.total > 0 && !filing.running;
  // What was filed shows once the page is read anew.
  useEffect(() => {
    if (isOver) router.refresh();
  }, [isOver, router]);
  return (
    <div className="flex flex-col gap-3">
      {filing.running ? <Progress label="Filing" done={filing.outcomes.length} total={filing.total} /> : null}
      {filing.problem ? <Notice tone="risk">{filing.problem}</Notice> : null}
      {isOver ? <Ending outcomes={filing.outcomes} /> : null}
      <div className="flex flex-wrap gap-2">
        {matched.length > 0 && !filing.running ? (
          <Button kind="primary" onClick={() => filing.run(matched)}>
            {`File ${formatCount(matched.length, "erasure")}`}
          </Button>
        ) : null}
        {filing.running ? <Button onClick={filing.stop}>Stop here</Button> : null}
      </div>
      <ListTable
        label="Rows of the lists"
        heads={["Work item", "List", "State", "Users", "Request", "Told", "Taken in", ""]}
      >
        {items.map((item) => (
          <tr key={item.workItem}>
            <td className="font-mono text-xs">{item.workItem}</td>
            <td>{item.list}</td>
            <td>
              <Tag tone={TONES[item.state]}>{ITEM_STATE_WORDS[item.state]}</Tag>
            </td>
            <td className="tabular-nums">{formatNumber(item.people)}</td>
            <td>{item.request ? <Link href={`/privacy/requests/${item.request}`}>{item.number}</Link> : null}</td>
            <td className="tabular-nums">{item.reportedCode}</td>
            <td>
              <Time at={item.addedAt} />
            </td>
            <td className="text-right">{item.state === "shared" ? <OptOutDialog item={item} /> : null}</td>
          </tr>
        ))}
      </ListTable>
      {total > items.length ? (
        <p className="text-xs text-soft">{`The first ${formatNumber(items.length)} of ${formatNumber(total)}, those that need something done before the others.`}</p>
      ) : null}
    </div>
  );
}

function Ending({ outcomes }: { outcomes: { workItem: string; outcome: string; problem: string | null }[] }) {
  const filed = outcomes.filter(({ outcome }) => outcome === "filed").length;
  const refused = outcomes.filter(({ problem }) => problem !== null);
  return (
    <Notice tone={refused.length > 0 ? "risk" : "done"}>
      {`${formatCount(filed, "request")} filed.`}
      {refused.map(({ workItem, problem }) => (
        <span key={workItem} className="block">{`${workItem}: ${problem}`}</span>
      ))}
    </Notice>
  );
}

function OptOutDialog({ item }: { item: ListItem }) {
  const form = useActionForm(confirmOptOutAction, () => undefined);
  return (
    <Dialog title="Several people share this" trigger={<Button kind="quiet">Confirm opt-out</Button>}>
      <div className="flex flex-col gap-4">
        <FormNotice form={form} />
        <p>
          {`${formatCount(item.people, "user")} are reached by what the list names, and it cannot be told who of them is meant. The law then asks that all of them are opted out of the sale and sharing of their data. Say so once your systems have done it: the State is told 4, “opted out”.`}
        </p>
        <DialogActions>
          <Button
            kind="primary"
            disabled={form.busy}
            onClick={() => form.submit({ workItem: item.workItem, people: item.people })}
          >
            All of them are opted out
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
