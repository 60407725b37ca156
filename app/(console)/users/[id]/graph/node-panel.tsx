import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useRef, useState } from "react";
import { FactDialog } from "#app/(console)/facts/fact-dialog.tsx";
import { NodeActions, type NodeCommands } from "#app/(console)/users/[id]/graph/node-actions.tsx";
import { type LoadedNodeDetail, MessageLink, PanelFacts } from "#app/(console)/users/[id]/graph/panel-facts.tsx";
import { KindDot } from "#components/graph/kind-dot.tsx";
import type { SceneNode } from "#components/graph/scene.ts";
import { Button } from "#components/ui/button.tsx";
import { JsonView } from "#components/ui/json-view.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { readJson } from "#components/ui/read-json.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { formatCount, formatShortDay } from "#lib/format.ts";

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
  const [edited, setEdited] = useState<LoadedNodeDetail["facts"][number] | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const read = useQuery({
    queryKey: ["node", uuid],
    queryFn: ({ signal }) => readJson<LoadedNodeDetail>(`/users/${user}/graph/node/${uuid}`, { signal }),
  });
  const detail = read.data;
  const name = node?.name ?? detail?.name;
  const labels = (node ?? detail)?.labels ?? [];
  const kinds = labels.filter((label) => label !== "Entity");
  const attributes = JSON.stringify(detail?.attributes ?? {}) === "{}" ? null : detail?.attributes;
  return (
    <div className="flex flex-col gap-4" aria-busy={read.isPending}>
      <header>
        <h2
          ref={heading}
          tabIndex={-1}
          dir="auto"
          className="outline-none font-serif text-xl leading-7 font-semibold break-words"
        >
          {name ?? "…"}
        </h2>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-soft">
          {(kinds.length > 0 ? kinds : ["Entity"]).map((kind) => (
            <span key={kind} className="inline-flex items-center gap-1.5">
              <KindDot kind={kind} /> {kind}
            </span>
          ))}
          {detail && detail.names.length > 0 ? <span dir="auto">{`also ${detail.names.join(", ")}`}</span> : null}
        </p>
      </header>
      <NodeActions user={user} uuid={uuid} commands={commands} />
      {path}
      {read.error ? (
        <Notice tone="risk" action={<Button onClick={() => void read.refetch()}>Try again</Button>}>
          {read.error.message}
        </Notice>
      ) : null}
      {detail ? null : <Skeleton className="h-40 w-full" />}
      {detail?.summary ? (
        <p dir="auto" className="max-w-[65ch] font-serif text-[0.9375rem] leading-6">
          {detail.summary}
        </p>
      ) : null}
      {detail ? (
        <Part title="Facts" about={node ? "as the picture shows them" : undefined}>
          <PanelFacts user={user} detail={detail} shown={node?.facts ?? null} onEdit={may.write ? setEdited : null} />
          <Link href={`/users/${user}/facts?node=${uuid}`} className="mt-2 inline-block text-river hover:underline">
            All facts about this in a table
          </Link>
        </Part>
      ) : null}
      {attributes ? (
        <Part title="Attributes">
          <JsonView label="Attributes" value={attributes} />
        </Part>
      ) : null}
      {detail ? (
        <Part title="Episodes" about={`${formatCount(detail.mentions, "mention")}, the latest first`}>
          <ul className="flex flex-col gap-2">
            {detail.episodes.map((episode) => (
              <li key={episode.uuid} className="border-l-2 pl-2">
                <p dir="auto" className="line-clamp-3 font-serif text-[0.875rem] leading-5 text-soft">
                  {episode.content}
                </p>
                <p className="flex gap-3 text-xs text-faint">
                  {formatShortDay(new Date(episode.createdAt))} <MessageLink place={episode}>read on</MessageLink>
                </p>
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      <FactDialog
        fact={edited}
        user={user}
        may={may}
        onClose={() => setEdited(null)}
        onDone={() => {
          // The fact that had the focus may be gone; what it was about is not.
          requestAnimationFrame(() => heading.current?.focus());
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
