import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { HighlightedText } from "#components/transcript/highlighted-text.tsx";
import { readJson } from "#components/ui/read-json.ts";

interface MaskedTextProps {
  session: string;
  message: string;
  /** The words with what is secret in them masked. */
  text: string;
  searched: string;
}

/** The words of a message with a secret in them: masked until somebody who may see it asks, which is recorded. */
export function MaskedText({ session, message, text, searched }: MaskedTextProps) {
  const [plain, setPlain] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const reveal = async () => {
    const body = JSON.stringify({ message });
    await readJson<{ content: string }>(`/sessions/${session}/reveal`, { method: "POST", body }).then(
      ({ content }) => {
        setProblem(null);
        setPlain(content);
      },
      (error: Error) => setProblem(error.message),
    );
  };
  const isShown = plain !== null;
  const Icon = isShown ? EyeOff : Eye;
  return (
    <>
      <HighlightedText text={plain ?? text} searched={searched} />
      <span className="mt-1 flex items-center gap-2 font-sans text-xs">
        <button
          type="button"
          aria-pressed={isShown}
          onClick={isShown ? () => setPlain(null) : reveal}
          className="inline-flex min-h-6 items-center gap-1.5 rounded text-river hover:underline"
        >
          <Icon size={13} aria-hidden />
          {isShown ? "Mask again" : "Show what is masked"}
        </button>
        <span className={problem ? "text-risk" : "text-faint"} role={problem ? "alert" : undefined}>
          {problem ?? "it is recorded who looked"}
        </span>
      </span>
    </>
  );
}
