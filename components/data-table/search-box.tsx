import { Search, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { sealText, unsealToken } from "#components/data-table/sealed-text.ts";
import { useShortcut } from "#components/ui/shortcuts.tsx";

interface SearchBoxProps {
  label: string;
  token: string | null;
  onToken: (token: string | null) => void;
  /** Brings the keyboard to the rows that were found. */
  onEnterRows: () => void;
}

/** How long typing has to rest before it is searched for. */
const REST_MS = 200;

/**
 * Searches while one types. The URL follows with a sealed form of the text. `/` brings the cursor here, Enter and Down go
 * on to the rows, Escape leaves.
 */
export function SearchBox({ label, token, onToken, onEnterRows }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const typed = useRef<{ token: string | null } | null>(null);
  useShortcut("/", label, () => input.current?.focus());

  // The URL decides. When something else changes it (Back, a pasted link), the box takes its text from the URL.
  useEffect(() => {
    if (typed.current?.token === token) return;
    typed.current = { token };
    if (token === null) setText("");
    else void unsealToken(token).then(setText, () => setText(""));
  }, [token]);

  const latest = useRef(0);
  const [failed, setFailed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const unsent = useRef<string | null>(null);
  const searchText = async (value: string) => {
    clearTimeout(timer.current);
    const turn = ++latest.current;
    const next = value.trim() === "" ? null : await sealText(value.trim()).catch(() => undefined);
    // If the person typed on meanwhile, only the latest text is searched for.
    if (turn !== latest.current) return;
    setFailed(next === undefined);
    if (next === undefined) return;
    unsent.current = null;
    typed.current = { token: next };
    onToken(next);
  };
  const updateText = (value: string) => {
    setText(value);
    unsent.current = value;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void searchText(value), REST_MS);
  };
  const onKeyDown = async (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") event.currentTarget.blur();
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    if (unsent.current !== null) await searchText(unsent.current);
    if (unsent.current === null) onEnterRows();
  };
  return (
    <search className="relative min-w-0 flex-1 basis-56 sm:max-w-sm">
      <Search
        size={15}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
      />
      <input
        ref={input}
        type="text"
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        onChange={(event) => updateText(event.target.value)}
        onKeyDown={(event) => void onKeyDown(event)}
        className="h-8 w-full rounded-md border border-edge bg-raised px-8 text-sm placeholder:text-faint pointer-coarse:h-10"
      />
      {text ? (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => {
            updateText("");
            input.current?.focus();
          }}
          className="absolute top-1/2 right-1 inline-flex size-6 -translate-y-1/2 items-center justify-center rounded text-faint hover:text-ink"
        >
          <X size={14} aria-hidden />
        </button>
      ) : null}
      {failed ? (
        <p role="alert" className="absolute top-full z-10 pt-1 text-xs text-risk">
          The search could not be sent. Type again to retry.
        </p>
      ) : null}
    </search>
  );
}
