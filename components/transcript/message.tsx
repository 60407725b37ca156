import { Link2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Gap } from "#components/transcript/gap.tsx";
import { HighlightedText } from "#components/transcript/highlighted-text.tsx";
import { LearnedFacts } from "#components/transcript/learned-facts.tsx";
import { MaskedText } from "#components/transcript/masked-text.tsx";
import { ReadingTrace } from "#components/transcript/reading-trace.tsx";
import type { SentMessage } from "#components/transcript/use-windows.ts";
import { JsonView } from "#components/ui/json-view.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { formatClockTime, formatLanguage } from "#lib/format.ts";

interface MessageProps {
  session: string;
  user: string;
  message: SentMessage;
  before: SentMessage | undefined;
  isFirst: boolean;
  highlighted: boolean;
  searched: string;
  mayReveal: boolean;
  actions?: ReactNode;
}

/** One turn: who, when, what. The person's own words carry a line at the side. */
export function Message({
  session,
  user,
  message,
  before,
  isFirst,
  highlighted,
  searched,
  mayReveal,
  actions,
}: MessageProps) {
  const said = new Date(message.createdAt);
  const details = useId();
  const [open, setOpen] = useState(false);
  const reading = useId();
  const [why, setWhy] = useState(false);
  const isPerson = message.roleType === "user";
  return (
    <>
      <Gap before={before ? new Date(before.createdAt) : undefined} said={said} isFirst={isFirst} />
      <article
        aria-current={highlighted ? "true" : undefined}
        className={`group -mx-3 rounded-r-md border-l-2 px-3 py-2.5 transition-colors duration-150 ${isPerson ? "border-l-river" : "border-l-transparent"} ${highlighted ? "bg-mark/60" : ""}`}
      >
        <header className="mb-1 flex items-baseline gap-2 text-xs">
          <span dir="auto" className={`font-semibold ${isPerson ? "text-river-strong" : "text-soft"}`}>
            {message.role || message.roleType}
          </span>
          {message.role && message.role.toLowerCase() !== message.roleType && !isPerson ? (
            <span className="text-faint">{message.roleType}</span>
          ) : null}
          <span className="ml-auto" />
          <button
            type="button"
            aria-expanded={why}
            aria-controls={reading}
            onClick={() => setWhy(!why)}
            className="rounded text-faint opacity-0 group-hover:opacity-100 hover:text-ink hover:underline focus-visible:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100"
          >
            How it was read
          </button>
          {hasDetails(message) ? (
            <button
              type="button"
              aria-expanded={open}
              aria-controls={details}
              onClick={() => setOpen(!open)}
              className="rounded text-faint hover:text-ink hover:underline"
            >
              Details
            </button>
          ) : null}
          {actions}
          <LinkToMessage session={session} uuid={message.uuid} />
          <time dateTime={said.toISOString()} className="text-faint">
            {formatClockTime(said)}
          </time>
        </header>
        <p dir="auto" className="font-serif text-[1.0625rem] leading-7 whitespace-pre-wrap break-words">
          {message.masked && mayReveal ? (
            <MaskedText session={session} message={message.uuid} text={message.content} searched={searched} />
          ) : (
            <HighlightedText text={message.content} searched={searched} />
          )}
        </p>
        {message.withheld ? <Tag>asked not to be remembered</Tag> : null}
        {message.unreadLanguage ? <Tag>{`not read: ${formatLanguage(message.unreadLanguage)}`}</Tag> : null}
        {message.learned > 0 ? <LearnedFacts user={user} message={message.uuid} count={message.learned} /> : null}
        {why ? <ReadingTrace id={reading} session={session} message={message.uuid} /> : null}
        {open ? <Details id={details} message={message} /> : null}
      </article>
    </>
  );
}

function LinkToMessage({ session, uuid }: { session: string; uuid: string }) {
  const [copied, setCopied] = useState(false);
  const copyLink = async () => {
    await navigator.clipboard.writeText(new URL(`/sessions/${session}?message=${uuid}`, window.location.href).href);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <button
      type="button"
      onClick={copyLink}
      aria-label="Copy link to this message"
      title="Copy link to this message"
      className="inline-flex h-6 min-w-6 items-center justify-center rounded text-faint opacity-0 group-hover:opacity-100 hover:text-ink focus-visible:opacity-100 pointer-coarse:opacity-100"
    >
      {copied ? <span role="status">Copied</span> : <Link2 size={13} aria-hidden />}
    </button>
  );
}

function hasDetails({ metadata, tokenCount }: SentMessage): boolean {
  return tokenCount !== null || JSON.stringify(metadata) !== "{}";
}

/** What the application sent beside the words. */
function Details({ id, message }: { id: string; message: SentMessage }) {
  return (
    <div id={id} className="mt-1.5 text-xs text-faint">
      {message.tokenCount === null ? null : <p className="py-1">{`${message.tokenCount} tokens`}</p>}
      {JSON.stringify(message.metadata) === "{}" ? null : (
        <JsonView label="Message metadata" value={message.metadata} />
      )}
    </div>
  );
}
