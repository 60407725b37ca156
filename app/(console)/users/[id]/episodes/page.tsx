import type { Metadata } from "next";
import { PersonHeader } from "#app/(console)/users/[id]/person-header.tsx";
import { SetAside } from "#app/(console)/users/[id]/set-aside.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { counted } from "#lib/format.ts";
import { type EpisodeState, getIngestionState, listEpisodeStates } from "#lib/ingestion/queries.ts";
import { messagePath } from "#lib/messages/schema.ts";
import { gate, shown, uuidOrNotFound } from "#lib/page.ts";
import { getUser } from "#lib/users/queries.ts";
import { displayName } from "#lib/users/schema.ts";

export const metadata: Metadata = { title: "Episodes" };

const SOURCE: Record<string, string> = {
  message: "message",
  text: "text",
  json: "data",
  fact_triple: "stated fact",
  correction: "correction",
};

export default async function EpisodesPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await gate("/users/[id]/episodes");
  const user = await shown(getUser(actor, uuidOrNotFound((await params).id)));
  const [state, episodes] = await shown(
    Promise.all([getIngestionState(actor, user.uuid), listEpisodeStates(actor, user.uuid)]),
  );
  return (
    <>
      <PersonHeader uuid={user.uuid} name={displayName(user)} part="episodes" mayRemember />
      <div className="flex flex-col gap-4">
        {state.setAside > 0 ? <SetAside user={user.uuid} count={state.setAside} /> : null}
        <p className="text-soft">
          {counted(state.processed, "episode")} read, {state.waiting} waiting, {state.setAside} set aside. The latest
          are shown, what waits and what was set aside first.
        </p>
        {episodes.length === 0 ? (
          <EmptyState title="No episodes yet">
            Whatever is said or sent about this person becomes an episode.
          </EmptyState>
        ) : (
          <ScrollRegion label="Episodes, table" className="rounded-lg border bg-raised">
            <table className="data-table">
              <thead className="border-b text-xs text-soft">
                <tr>
                  <th scope="col">State</th>
                  <th scope="col">Kind</th>
                  <th scope="col">Begins</th>
                  <th scope="col" className="end">
                    Facts
                  </th>
                  <th scope="col">When</th>
                </tr>
              </thead>
              <tbody>
                {episodes.map((episode) => (
                  <EpisodeLine key={episode.uuid} episode={episode} />
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </div>
    </>
  );
}

function EpisodeLine({ episode }: { episode: EpisodeState }) {
  const { failure, processed } = episode;
  const href = messagePath(episode);
  const words = (
    <span dir="auto" className="block max-w-[60ch] truncate font-serif">
      {episode.begins}
    </span>
  );
  return (
    <tr>
      <td>
        {failure ? (
          <Tag tone="risk">{`set aside: ${failure}`}</Tag>
        ) : processed ? (
          <Tag tone="now">read</Tag>
        ) : (
          <Tag tone="waiting">waiting</Tag>
        )}
      </td>
      <td>{SOURCE[episode.source] ?? episode.source}</td>
      <td>{href ? <a href={href}>{words}</a> : words}</td>
      <td className="end">{episode.facts}</td>
      <td>
        <Time at={episode.createdAt} />
      </td>
    </tr>
  );
}
