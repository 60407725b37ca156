"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { FactDialog } from "#app/(console)/facts/fact-dialog.tsx";
import { NodeActions, type NodeCommands } from "#app/(console)/users/[id]/graph/node-actions.tsx";
import type { NodeDetail } from "#app/(console)/users/[id]/graph/read.ts";
import type { Sent } from "#components/data-table/columns.ts";
import { Holding } from "#components/facts/holding.tsx";
import { KindDot } from "#components/graph/kind-dot.tsx";
import type { SceneNode } from "#components/graph/scene.ts";
import { Button } from "#components/ui/button.tsx";
import { JsonView } from "#components/ui/json-view.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { readJson } from "#components/ui/read-json.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { counted, shortDay } from "#lib/format.ts";
import { messagePath } from "#lib/messages/schema.ts";

type Detail = Omit<NodeDetail, "facts" | "episodes"> & {
  facts: Sent<NodeDetail["facts"][number]>[];
  episodes: Sent<NodeDetail["episodes"][number]>[];
};

interface NodePanelProps {
  user: string;
  /** The node as the picture shows it; none where the filters leave it out. */
  node: SceneNode | undefined;
  uuid: string;
  may: { write: boolean; erase: boolean };
  commands: NodeCommands;
  /** What the path to another node looks like, where one was asked for. */
  path: ReactNode;
  /** A fact was changed. */
  onChanged: () => void;
}

/** Everything about one node: what it is, what can be done with it, its facts and where they were said. */
export function NodePanel({ user, node, uuid, may, commands, path, onChanged }: NodePanelProps) {
  const [edited, setEdited] = useState<Detail["facts"][number] | null>(null);
  const read = useQuery({
    queryKey: ["node", uuid],
    queryFn: ({ signal }) => readJson<Detail>(`/users/${user}/graph/node/${uuid}`, { signal }),
  });
  const detail = read.data;
  if (read.error)
    return (
      <Notice tone="risk" action={<Button onClick={() => void read.refetch()}>Try again</Button>}>
        {read.error.message}
      </Notice>
    );
  if (!detail) return <Skeleton className="h-64 w-full" />;
  const kinds = detail.labels.filter((label) => label !== "Entity");
  const attributes = JSON.stringify(detail.attributes) === "{}" ? null : detail.attributes;
  const drawn = new Set(node?.facts.map((fact) => fact.uuid));
  const shown = detail.facts.filter((fact) => !node || drawn.has(fact.uuid));
  return (
    <div className="flex flex-col gap-4">
      <header>
        <h2 dir="auto" className="font-serif text-xl leading-7 font-semibold break-words">
          {detail.name}
        </h2>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-soft">
          {(kinds.length > 0 ? kinds : ["Entity"]).map((kind) => (
            <span key={kind} className="inline-flex items-center gap-1.5">
              <KindDot kind={kind} /> {kind}
            </span>
          ))}
          {detail.names.length > 0 ? <span dir="auto">{`also ${detail.names.join(", ")}`}</span> : null}
        </p>
      </header>
      <NodeActions user={user} uuid={uuid} commands={commands} />
      {path}
      {detail.summary ? (
        <p dir="auto" className="max-w-[65ch] font-serif text-[0.9375rem] leading-6">
          {detail.summary}
        </p>
      ) : null}
      <Part title="Facts" about={node && shown.length < detail.facts.length ? "as filtered" : undefined}>
        {shown.length === 0 ? <p className="text-soft">None on the day and with the filters that are set.</p> : null}
        <ul className="flex flex-col gap-3">
          {shown.map((fact) => (
            <li key={fact.uuid}>
              <p dir="auto" className="font-serif text-[0.9375rem] leading-6">
                {fact.fact}
              </p>
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
                <Holding validAt={fact.validAt} invalidAt={fact.invalidAt} />
                <SaidIn place={fact}>where it was said</SaidIn>
                {may.write ? (
                  <button
                    type="button"
                    aria-label={`Change: ${fact.fact}`}
                    className="text-river hover:underline"
                    onClick={() => setEdited(fact)}
                  >
                    change
                  </button>
                ) : null}
              </p>
            </li>
          ))}
        </ul>
        <Link href={`/users/${user}/facts?node=${uuid}`} className="mt-2 inline-block text-river hover:underline">
          All facts about this in a table
        </Link>
      </Part>
      {attributes ? (
        <Part title="Attributes">
          <JsonView label="Attributes" value={attributes} />
        </Part>
      ) : null}
      <Part title="Episodes" about={`${counted(detail.mentions, "mention")}, the latest first`}>
        <ul className="flex flex-col gap-2">
          {detail.episodes.map((episode) => (
            <li key={episode.uuid} className="border-l-2 pl-2">
              <p dir="auto" className="line-clamp-3 font-serif text-[0.875rem] leading-5 text-soft">
                {episode.content}
              </p>
              <p className="flex gap-3 text-xs text-faint">
                {shortDay(new Date(episode.createdAt))} <SaidIn place={episode}>read on</SaidIn>
              </p>
            </li>
          ))}
        </ul>
      </Part>
      <FactDialog
        fact={edited}
        user={user}
        may={may}
        onClose={() => setEdited(null)}
        onDone={() => {
          setEdited(null);
          void read.refetch();
          onChanged();
        }}
      />
    </div>
  );
}

function Part({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-2 border-b pb-1 text-xs font-semibold text-soft">
        {title} {about ? <span className="font-normal text-faint">{about}</span> : null}
      </h3>
      {children}
    </section>
  );
}

function SaidIn({ place, children }: { place: Parameters<typeof messagePath>[0]; children: ReactNode }) {
  const href = messagePath(place);
  return href ? (
    <Link href={href} className="text-river hover:underline">
      {children}
    </Link>
  ) : null;
}
