"use client";

import Link from "next/link";
import { useState } from "react";
import type { Seen } from "#app/(console)/privacy/requests/[id]/reason-dialog.tsx";
import { decideMentionsAction } from "#app/(console)/privacy/requests/actions.ts";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/field.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { FormNotice, useActionForm } from "#components/ui/use-action-form.tsx";
import { formatCount } from "#lib/format.ts";
import type { MentionPlace } from "#lib/privacy/mentions/terms.ts";
import type { RequestMentionRow } from "#lib/privacy/requests/mentions/queries.ts";
import { KEEP_GROUND_NAMES, KEEP_GROUNDS, type KeepGround } from "#lib/privacy/requests/terms.ts";

const PLACES: Record<MentionPlace, string> = {
  message: "said",
  data: "data about",
  stated: "stated by hand of",
  user: "the record of",
  session: "a conversation of",
  node: "a node in the memory of",
};

interface MentionsReviewProps {
  seen: Seen;
  mentions: RequestMentionRow[];
  total: number;
  isOpen: boolean;
}

/** What others have said of the person, each in its own words, to be decided on one by one or all at once. */
export function MentionsReview({ seen, mentions, total, isOpen }: MentionsReviewProps) {
  const form = useActionForm(decideMentionsAction, () => undefined);
  const [ground, setGround] = useState<KeepGround>("others_record");
  const decide = (chosen: RequestMentionRow[], decision: "redact" | "delete" | "keep") =>
    form.submit({
      ...seen,
      mentions: chosen.map(({ place, uuid }) => ({ place, uuid })),
      decision,
      ...(decision === "keep" ? { ground } : {}),
    });
  if (total === 0) return <p className="text-soft">Nobody else was found to mention this person.</p>;
  return (
    <div className="flex flex-col gap-3">
      <FormNotice form={form} />
      {isOpen ? (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-soft">{`All ${formatCount(total, "mention")}:`}</span>
          <Button disabled={form.busy} onClick={() => decide([], "redact")}>
            Take the person out of all
          </Button>
          <Button disabled={form.busy} onClick={() => decide([], "keep")}>
            Keep all
          </Button>
          <span className="flex items-center gap-2 text-xs text-soft">
            What is kept, is kept as
            <Select
              aria-label="What is kept, is kept as"
              className="w-auto"
              value={ground}
              onChange={(event) => setGround(KEEP_GROUND_NAMES.find((name) => name === event.target.value) ?? ground)}
            >
              {KEEP_GROUND_NAMES.map((name) => (
                <option key={name} value={name}>
                  {KEEP_GROUNDS[name]}
                </option>
              ))}
            </Select>
          </span>
        </div>
      ) : null}
      <ul className="flex flex-col rounded-lg border bg-raised">
        {mentions.map((mention) => (
          <li
            key={`${mention.place} ${mention.uuid}`}
            className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b px-3 py-3 last:border-b-0"
          >
            <div className="min-w-0 flex-1 basis-80">
              <p className="flex flex-wrap items-center gap-x-2 text-xs text-soft">
                <Owner mention={mention} />
                {mention.at ? <Time at={mention.at} /> : null}
                {mention.session ? <Link href={`/sessions/${mention.session}`}>in its conversation</Link> : null}
              </p>
              <p dir="auto" className="mt-1 font-serif wrap-anywhere">
                {mention.words}
              </p>
            </div>
            <div className="flex flex-wrap items-center gap-2">
              <Decision mention={mention} />
              {isOpen ? (
                <>
                  <Button disabled={form.busy} onClick={() => decide([mention], "redact")}>
                    Take out
                  </Button>
                  <Button disabled={form.busy} onClick={() => decide([mention], "delete")}>
                    Delete
                  </Button>
                  <Button disabled={form.busy} onClick={() => decide([mention], "keep")}>
                    Keep
                  </Button>
                </>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      {mentions.length < total ? (
        <p className="text-xs text-soft">{`These are the first ${mentions.length} of ${total}; the undecided come first.`}</p>
      ) : null}
    </div>
  );
}

function Owner({ mention: { place, owner, ownerUuid } }: { mention: RequestMentionRow }) {
  const link = (
    <Link href={`/users/${ownerUuid}`} dir="auto">
      {owner}
    </Link>
  );
  return place === "message" ? (
    <span>
      {link} {PLACES.message}
    </span>
  ) : (
    <span>
      {PLACES[place]} {link}
    </span>
  );
}

function Decision({ mention: { decision, ground } }: { mention: RequestMentionRow }) {
  if (decision === null) return <Tag tone="waiting">open</Tag>;
  if (decision === "keep") return <Tag>{`kept: ${ground}`}</Tag>;
  return <Tag tone="river">{decision === "redact" ? "the person is taken out" : "deleted"}</Tag>;
}
