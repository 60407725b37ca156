"use client";

import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { open, seal } from "#components/data-table/sealed-text.ts";
import { useShortcut } from "#components/ui/shortcuts.tsx";

interface SearchBoxProps {
  label: string;
  token: string | null;
  onToken: (token: string | null) => void;
}

/** Searches while one types. The URL follows with a sealed form of the text; `/` brings the cursor here. */
export function SearchBox({ label, token, onToken }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const typed = useRef<{ token: string | null } | null>(null);
  useShortcut("/", label, () => input.current?.focus());

  // The URL is the truth: when it changes by other hands than these (Back, a pasted link), the box follows.
  useEffect(() => {
    if (typed.current?.token === token) return;
    typed.current = { token };
    if (token === null) setText("");
    else void open(token).then(setText, () => setText(""));
  }, [token]);

  const latest = useRef(0);
  const [failed, setFailed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const type = (value: string) => {
    setText(value);
    clearTimeout(timer.current);
    const turn = ++latest.current;
    timer.current = setTimeout(async () => {
      const next = value.trim() === "" ? null : await seal(value.trim()).catch(() => undefined);
      // Whoever typed on meanwhile wants the later text.
      if (turn !== latest.current) return;
      setFailed(next === undefined);
      if (next === undefined) return;
      typed.current = { token: next };
      onToken(next);
    }, 200);
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
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && text) type("");
        }}
        className="h-8 w-full rounded-md border border-edge bg-raised px-8 text-sm placeholder:text-faint pointer-coarse:h-10"
      />
      {text ? (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => {
            type("");
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
