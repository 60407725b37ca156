"use client";

import { Download } from "lucide-react";
import { downloadReceiptAction, downloadSubjectCopyAction, proveNowAction } from "#app/(console)/privacy/actions.ts";
import { useAnnounce } from "#components/ui/announcements.tsx";
import { Button } from "#components/ui/button.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";

interface ReceiptDownloadsProps {
  receipt: string;
  signed: boolean;
  hasNonce: boolean;
}

/** The receipt as files to keep or to hand over, or a search at once while there is none. */
export function ReceiptDownloads({ receipt, signed, hasNonce }: ReceiptDownloadsProps) {
  const announce = useAnnounce();
  const save = async ({ number, files }: { number: string; files: Record<string, string> }, name: string) => {
    const { strToU8, zipSync } = await import("fflate");
    const zipped = zipSync(Object.fromEntries(Object.entries(files).map(([file, text]) => [file, strToU8(text)])));
    saveFile(`${name}-${number}.zip`, "application/zip", new Blob([new Uint8Array(zipped)]));
  };
  const download = useActionForm(downloadReceiptAction, (made) => void save(made, "receipt"));
  const handOver = useActionForm(downloadSubjectCopyAction, (made) => {
    void save(made, "receipt-for-the-person");
    announce("The person’s own copy was made. It cannot be made again.");
  });
  const prove = useActionForm(proveNowAction, () => announce("Everything was looked through again."));
  return (
    <div className="flex flex-col items-end gap-2">
      <div className="flex flex-wrap gap-2">
        {signed ? (
          <>
            {hasNonce ? (
              <Button disabled={handOver.busy} onClick={() => handOver.submit({ receipt })}>
                The person’s copy, once
              </Button>
            ) : null}
            <Button kind="primary" disabled={download.busy} onClick={() => download.submit({ receipt })}>
              <Download size={14} aria-hidden /> Download
            </Button>
          </>
        ) : (
          <Button disabled={prove.busy} onClick={() => prove.submit({})}>
            {prove.busy ? "Looking …" : "Look now"}
          </Button>
        )}
      </div>
      <FormNotice form={download} />
      <FormNotice form={handOver} />
      <FormNotice form={prove} />
    </div>
  );
}
