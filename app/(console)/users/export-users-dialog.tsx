import { Download } from "lucide-react";
import { useState } from "react";
import { exportUsersAction } from "#app/(console)/users/actions.ts";
import { OutcomeList } from "#app/(console)/users/outcome-list.tsx";
import type { Row } from "#app/(console)/users/users-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import { useBatches } from "#components/ui/use-batches.ts";
import { formatCount } from "#lib/format.ts";

const BATCH = 5;

/** Collects everything about the selected people into one file that the import command reads. */
export function ExportUsersDialog({ users }: { users: Row[] }) {
  const [open, setOpen] = useState(false);
  const batches = useBatches(BATCH, exportUsersAction);
  const startExport = () => {
    setOpen(true);
    batches.run(users.map((user) => user.uuid));
  };
  const changeOpen = (next: boolean) => {
    setOpen(next);
    if (!next) batches.reset();
  };
  const saveExport = () => {
    const lines = batches.outcomes.flatMap((outcome) => outcome.lines);
    saveFile("lethe-users.jsonl", "application/x-ndjson", `${lines.join("\n")}\n`);
  };
  const found = batches.outcomes.filter((outcome) => outcome.message === null).length;
  return (
    <>
      <Button onClick={startExport}>
        <Download size={14} aria-hidden /> Export
      </Button>
      <Dialog
        title={`Export ${formatCount(users.length, "user")}`}
        description="Records, sessions and messages as JSON Lines, in the form that npm run import reads. Each export is written to the audit trail."
        open={open}
        onOpenChange={changeOpen}
        wide
      >
        <div className="flex flex-col gap-4">
          <Progress label="Collecting" done={batches.outcomes.length} total={batches.total} />
          {batches.problem ? <Notice tone="risk">{batches.problem}</Notice> : null}
          <OutcomeList users={users} outcomes={batches.outcomes} good="included" />
          <DialogActions>
            {batches.running ? <Button onClick={batches.stop}>Stop here</Button> : null}
            <Button kind="primary" disabled={batches.running || found === 0} onClick={saveExport}>
              {`Save file with ${formatCount(found, "user")}`}
            </Button>
          </DialogActions>
        </div>
      </Dialog>
    </>
  );
}
