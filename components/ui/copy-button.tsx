"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";

/** An id in full, in mono, that one press copies. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copyValue = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <button
      type="button"
      onClick={copyValue}
      aria-label={`Copy ${label}`}
      className="group inline-flex max-w-full items-center gap-1.5 rounded text-left font-mono text-xs text-soft hover:text-ink"
    >
      <span dir="auto" className="min-w-0 break-all whitespace-pre-wrap">
        {value}
      </span>
      {copied ? (
        <Check size={13} aria-hidden className="shrink-0 text-now" />
      ) : (
        <Copy size={13} aria-hidden className="shrink-0 text-faint" />
      )}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </button>
  );
}
