import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { FailedEpisodes } from "#app/(console)/users/[id]/failed-episodes.tsx";
import { PersonHeader } from "#app/(console)/users/[id]/person-header.tsx";
import { pageNumber } from "#components/data-table/view.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatCount, formatLanguage } from "#lib/format.ts";
import { type EpisodeState, getIngestionState, listEpisodeStates } from "#lib/ingestion/queries.ts";
import { EPISODES_PER_PAGE } from "#lib/ingestion/schema.ts";
import { buildMessagePath } from "#lib/messages/terms.ts";
import { authorizePage, awaitOrNotFound, parseUuidOrNotFound } from "#lib/page.ts";
import { getUser } from "#lib/users/queries.ts";
import { getDisplayName } from "#lib/users/terms.ts";

export const metadata: Metadata = { title: "Episodes" };

const SOURCE: Record<string, string> = {
  message: "message",
  text: "text",
  json: "data",
  fact_triple: "stated fact",
  correction: "correction",
};

interface EpisodesPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

const loadPage = createLoader({ page: pageNumber.withDefault(1) });

export default async function EpisodesPage({ params, searchParams }: EpisodesPageProps) {
  const actor = await authorizePage("/users/[id]/episodes");
  const user = await awaitOrNotFound(getUser(actor, parseUuidOrNotFound((await params).id)));
  const { page } = await loadPage(searchParams);
  const [state, episodes] = await awaitOrNotFound(
    Promise.all([getIngestionState(actor, user.uuid), listEpisodeStates(actor, user.uuid, page)]),
  );
  const total = state.processed + state.waiting + state.failed;
  return (
    <>
      <PersonHeader uuid={user.uuid} name={getDisplayName(user)} part="episodes" mayRemember />
      <div className="flex flex-col gap-4">
        {state.failed > 0 ? <FailedEpisodes user={user.uuid} count={state.failed} /> : null}
        <p className="text-soft">
          {formatCount(state.processed - state.unread, "episode")} read, {state.unread} not in English, {state.waiting}{" "}
          waiting, {state.failed} failed
          {state.stale > 0 ? `, ${state.stale} to be read again by the new reader` : ""}. Waiting and failed episodes
          come first, then the latest.
        </p>
        {episodes.length === 0 ? (
          <EmptyState title={page > 1 ? "Past the end" : "No episodes yet"}>
            {page > 1 ? "There are not this many." : "Whatever is said or sent about this person becomes an episode."}
          </EmptyState>
        ) : (
          <ScrollRegion label="Episodes, table" className="rounded-lg border bg-raised">
            <table className="data-table">
              <thead className="border-b text-xs text-soft">
                <tr>
                  <th scope="col">State</th>
                  <th scope="col">Kind</th>
                  <th scope="col" className="grow">
                    Begins
                  </th>
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
        <nav aria-label="Pages" className="flex items-center gap-3 text-xs text-soft">
          {`Page ${page} of ${Math.max(1, Math.ceil(total / EPISODES_PER_PAGE))}`}
          {page > 1 ? <LinkButton href={`?page=${page - 1}`}>Newer</LinkButton> : null}
          {page * EPISODES_PER_PAGE < total ? <LinkButton href={`?page=${page + 1}`}>Older</LinkButton> : null}
        </nav>
      </div>
    </>
  );
}

function EpisodeLine({ episode }: { episode: EpisodeState }) {
  const { failure, processed } = episode;
  const href = buildMessagePath(episode);
  const words = (
    <span dir="auto" className="block truncate font-serif">
      {episode.begins}
    </span>
  );
  return (
    <tr>
      <td>
        {failure ? (
          <Tag tone="risk">{`failed: ${failure}`}</Tag>
        ) : episode.withheld ? (
          <Tag tone="plain">asked not to be remembered</Tag>
        ) : episode.unreadLanguage ? (
          <Tag tone="plain">{`not read: ${formatLanguage(episode.unreadLanguage)}`}</Tag>
        ) : processed ? (
          <Tag tone="now">read</Tag>
        ) : (
          <Tag tone="waiting">waiting</Tag>
        )}
      </td>
      <td>{SOURCE[episode.source] ?? episode.source}</td>
      <td className="grow">{href ? <a href={href}>{words}</a> : words}</td>
      <td className="end">{episode.facts}</td>
      <td>
        <Time at={episode.createdAt} />
      </td>
    </tr>
  );
}
