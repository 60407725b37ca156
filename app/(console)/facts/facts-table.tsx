"use client";

import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { FactDialog } from "#app/(console)/facts/fact-dialog.tsx";
import { factsView } from "#app/(console)/facts/search-params.ts";
import type { Filter, Sent, TableColumn } from "#components/data-table/columns.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import type { Initial } from "#components/data-table/initial.ts";
import { FactStatus } from "#components/facts/fact-status.tsx";
import { Interval, type Reach } from "#components/facts/interval.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatShortDay } from "#lib/format.ts";
import type { FactRow } from "#lib/graph/view/facts/queries.ts";
import { CONFIDENCES, EXTRACTOR_MEANING } from "#lib/graph/view/facts/terms.ts";
import { buildMessagePath } from "#lib/messages/terms.ts";
import { THEME_NAMES, THEMES } from "#lib/relations/relation.ts";
import { formatRelation, SAID } from "#lib/relations.ts";

type Row = Sent<FactRow>;

interface FactsTableProps {
  initial: Initial;
  keptHidden: string[];
  user: string;
  /** The relations that this person's facts have, what they are about, and from when to when they reach. */
  relations: string[];
  entities: { uuid: string; name: string }[];
  reach: Reach | null;
  may: { write: boolean; erase: boolean };
}

/** Every fact about a person: whether it holds, what replaced it, who extracted it, and in which message it was said. */
export function FactsTable({ user, relations, entities, reach, may, ...table }: FactsTableProps) {
  const router = useRouter();
  const [edited, setEdited] = useState<Row | null>(null);
  const columns = useMemo(
    () => makeColumns(user, relations, reach, may.write ? setEdited : null),
    [user, relations, reach, may.write],
  );
  const filters = useMemo(() => [makeEntityFilter(entities), ...FILTERS], [entities]);
  return (
    <>
      <DataTable<Row>
        {...table}
        view={factsView}
        name="Facts"
        noun="fact"
        path="/facts"
        fixed={{ user }}
        columns={columns}
        rowId={(fact) => fact.uuid}
        searchLabel="Search facts"
        filters={filters}
        empty={
          <EmptyState title="Nothing is known yet">
            Facts appear here as soon as this person has said something that states one.
          </EmptyState>
        }
      />
      <FactDialog fact={edited} user={user} may={may} onClose={() => setEdited(null)} onDone={router.refresh} />
    </>
  );
}

const FILTERS: Filter[] = [
  {
    kind: "segments",
    label: "Kind",
    param: "kind",
    choices: [
      { value: null, label: "Known" },
      { value: "said", label: "In their own words" },
    ],
  },
  {
    kind: "choice",
    label: "Theme",
    param: "theme",
    choices: THEMES.map((theme) => ({ value: theme, label: THEME_NAMES[theme] })),
  },
  { kind: "day", label: "As of", param: "asOf", hint: "What held when that day ended." },
  {
    kind: "choice",
    label: "Confidence",
    param: "confidence",
    choices: CONFIDENCES.map((value) => ({ value, label: `at least 0.${value.replace(/0$/, "")}` })),
  },
  { kind: "given", label: "One fact", param: "fact", setTo: "with what it replaced" },
];

function makeEntityFilter(entities: FactsTableProps["entities"]): Filter {
  const choices = entities.map(({ uuid, name }) => ({ value: uuid, label: name }));
  return { kind: "choice", label: "About", param: "node", choices };
}

function makeColumns(
  user: string,
  relations: string[],
  reach: Reach | null,
  onEdit: ((fact: Row) => void) | null,
): TableColumn<Row>[] {
  return [
    {
      id: "fact",
      label: "Fact",
      sort: "fact",
      always: true,
      cell: (fact) => (
        <span
          dir="auto"
          className="block min-w-44 max-w-[52ch] py-1 max-sm:min-w-32 font-serif text-[0.9375rem] leading-6 whitespace-normal"
        >
          {fact.fact}
          {fact.superseding ? (
            <span className="block font-sans text-xs text-faint">
              replaced by{" "}
              <a href={`/users/${user}/facts?fact=${fact.supersededBy}`} dir="auto">
                {fact.superseding}
              </a>
            </span>
          ) : null}
        </span>
      ),
    },
    {
      id: "relation",
      label: "Relation",
      sort: "relation",
      wide: true,
      filter: {
        kind: "choice",
        label: "Relation",
        param: "relation",
        choices: relations
          .filter((name) => name !== SAID)
          .map((name) => ({ value: name, label: formatRelation(name) })),
      },
      cell: (fact) => <span className="text-soft">{formatRelation(fact.name)}</span>,
    },
    {
      id: "holds",
      label: "Holds",
      sort: "from",
      filter: {
        kind: "choice",
        label: "Holds",
        param: "state",
        choices: [
          { value: "current", label: "Holds now" },
          { value: "past", label: "Is over" },
          { value: "coming", label: "Is to come" },
        ],
      },
      cell: (fact) =>
        fact.name === SAID ? (
          // A quotation says when it was said, and nothing of what holds.
          <span className="block py-1 tabular-nums whitespace-normal text-soft max-sm:min-w-24">
            {fact.validAt ? `said on ${formatShortDay(new Date(fact.validAt))}` : "said"}
          </span>
        ) : (
          <span className="flex items-center gap-3 py-1 max-sm:min-w-24">
            {reach ? (
              <span className="max-sm:hidden">
                <Interval validAt={fact.validAt} invalidAt={fact.invalidAt} reach={reach} />
              </span>
            ) : null}
            <FactStatus fact={fact} />
          </span>
        ),
    },
    {
      id: "drawn",
      label: "Drawn",
      sort: "confidence",
      wide: true,
      filter: {
        kind: "choice",
        label: "Drawn",
        param: "extractor",
        choices: Object.entries(EXTRACTOR_MEANING).map(([value, label]) => ({ value, label })),
      },
      cell: (fact) => (
        <span
          className="text-soft"
          title={`Confidence ${fact.confidence.toFixed(2)} of 1, from ${fact.support} claims`}
        >
          {EXTRACTOR_MEANING[fact.extractor]}, {fact.confidence.toFixed(2)}
        </span>
      ),
    },
    { id: "learned", label: "Learned", sort: "learned", wide: true, cell: (fact) => <Time at={fact.createdAt} /> },
    {
      id: "said",
      label: "Said",
      wide: true,
      cell: (fact) => {
        const href = buildMessagePath(fact);
        if (href) return <a href={href}>in this message</a>;
        return <span className="text-faint">{fact.extractor === "stated" ? "stated" : "in data"}</span>;
      },
    },
    ...(onEdit
      ? [
          {
            id: "change",
            label: "Change",
            action: true,
            cell: (fact: Row) => (
              <Button kind="quiet" aria-label={`Change: ${fact.fact}`} onClick={() => onEdit(fact)}>
                Change
              </Button>
            ),
          },
        ]
      : []),
  ];
}
