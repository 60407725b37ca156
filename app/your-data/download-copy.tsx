"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { saveFile } from "#components/ui/save-file.ts";

type State = { step: "asked" | "fetching" | "done" } | { step: "failed"; message: string };

/** Hands the copy over when the person asks for it, so that whatever looks at a link before they do does not use it up. */
export function DownloadCopy() {
  const [state, setState] = useState<State>({ step: "asked" });
  const download = async () => {
    setState({ step: "fetching" });
    setState(await fetchCopy(window.location.hash.slice(1)));
  };
  if (state.step === "done")
    return (
      <Notice tone="done">
        <p>Your copy is in your downloads. It was removed here, and this link leads to nothing from now on.</p>
        <p className="mt-2">Open README.html in it first: it says what is remembered of you, and what the files are.</p>
      </Notice>
    );
  return (
    <div className="flex flex-col gap-6">
      <p className="font-serif text-lg leading-7 text-soft">
        Everything that is stored about you here, in one archive: what you said, what was made of it, and where each
        fact comes from. The link works once.
      </p>
      {state.step === "failed" ? <Notice tone="risk">{state.message}</Notice> : null}
      <div>
        <Button kind="primary" onClick={download} disabled={state.step === "fetching"}>
          <Download size={15} aria-hidden /> {state.step === "fetching" ? "Fetching …" : "Download my data"}
        </Button>
      </div>
    </div>
  );
}

async function fetchCopy(token: string): Promise<State> {
  try {
    const answer = await fetch("/your-data/download", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
    if (!answer.ok) return { step: "failed", message: readMessage(await answer.json()) };
    const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "your-data.zip";
    saveFile(name, "application/zip", await answer.blob());
    return { step: "done" };
  } catch {
    return { step: "failed", message: "The connection was lost. Try again; if it was used up, ask for another link." };
  }
}

function readMessage(answer: unknown): string {
  const told = typeof answer === "object" && answer !== null && "message" in answer ? answer.message : null;
  return typeof told === "string" ? told : "This did not work. Try again.";
}
