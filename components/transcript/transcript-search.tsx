import { ChevronDown, ChevronUp, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "#components/ui/button.tsx";
import { readJson } from "#components/ui/read-json.ts";
import { useShortcut } from "#components/ui/shortcuts.tsx";
import { formatNumber } from "#lib/format.ts";
import type { SearchHits } from "#lib/messages/queries.ts";

interface TranscriptSearchProps {
  session: string;
  /** Called with the number of the message to show, or null when nothing is found or asked for. */
  onShow: (number: number | null, text: string) => void;
}

/** Finds text in the conversation; Enter and the arrows go from hit to hit. */
export function TranscriptSearch({ session, onShow }: TranscriptSearchProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [hits, setHits] = useState<SearchHits | null>(null);
  const [current, setCurrent] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const show = useRef(onShow);
  show.current = onShow;
  useShortcut("/", "Search in this session", () => input.current?.focus());

  useEffect(() => {
    const wanted = text.trim();
    if (wanted === "") return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const body = JSON.stringify({ text: wanted });
      readJson<SearchHits>(`/sessions/${session}/search`, { method: "POST", body, signal: abort.signal }).then(
        (found) => {
          setProblem(null);
          setHits(found);
          setCurrent(0);
          show.current(found.numbers[0] ?? null, wanted);
        },
        (error: Error) => abort.signal.aborted || setProblem(error.message),
      );
    }, 200);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, session]);

  const updateText = (value: string) => {
    setText(value);
    if (value.trim() !== "") return;
    setHits(null);
    onShow(null, "");
  };
  const stepToHit = (by: number) => {
    if (!hits || hits.numbers.length === 0) return;
    const next = (current + by + hits.numbers.length) % hits.numbers.length;
    setCurrent(next);
    onShow(hits.numbers[next] ?? null, text.trim());
  };
  return (
    <search className="flex items-center gap-2">
      <div className="relative min-w-0 flex-1 sm:max-w-xs">
        <Search
          size={15}
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
        />
        <input
          ref={input}
          type="search"
          aria-label="Search in this session"
          placeholder="Search in this session"
          value={text}
          maxLength={200}
          autoComplete="off"
          dir="auto"
          onChange={(event) => updateText(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && stepToHit(event.shiftKey ? -1 : 1)}
          className="h-8 w-full rounded-md border border-edge bg-raised pr-2 pl-8 text-sm placeholder:text-faint pointer-coarse:h-10"
        />
      </div>
      <IconButton label="Previous hit" disabled={!hits?.total} onClick={() => stepToHit(-1)}>
        <ChevronUp size={16} aria-hidden />
      </IconButton>
      <IconButton label="Next hit" disabled={!hits?.total} onClick={() => stepToHit(1)}>
        <ChevronDown size={16} aria-hidden />
      </IconButton>
      <span role="status" className="text-xs text-soft tabular-nums">
        {problem ?? describePosition(hits, current)}
      </span>
    </search>
  );
}

function describePosition(hits: SearchHits | null, current: number): string {
  if (!hits) return "";
  if (hits.total === 0) return "Nothing found";
  const beyond =
    hits.total > hits.numbers.length ? `, the first ${formatNumber(hits.numbers.length)} can be visited` : "";
  return `${formatNumber(current + 1)} of ${formatNumber(hits.total)}${beyond}`;
}
