"use client";

import { DueTag } from "#app/(console)/privacy/requests/due-tag.tsx";
import { requestView } from "#app/(console)/privacy/requests/search-params.ts";
import { StateTag } from "#app/(console)/privacy/requests/state-tag.tsx";
import type { Filter, Sent, TableColumn } from "#components/data-table/columns.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import type { Initial } from "#components/data-table/initial.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Time } from "#components/ui/time.tsx";
import type { RequestRow } from "#lib/privacy/requests/queries.ts";
import { CLOCKS, LAWS, REQUEST_STATES, REQUEST_TYPES, STATE_WORDS, TYPE_WORDS } from "#lib/privacy/requests/terms.ts";

type Row = Sent<RequestRow>;

const COLUMNS: TableColumn<Row>[] = [
  {
    id: "number",
    label: "Request",
    always: true,
    cell: (request) => (
      <a data-row-link href={`/privacy/requests/${request.uuid}`} className="mono">
        {request.number}
      </a>
    ),
  },
  { id: "due", label: "To be answered", sort: "due", always: true, cell: (request) => <DueTag {...request} /> },
  {
    id: "type",
    label: "Asks for",
    always: true,
    filter: {
      kind: "choice",
      label: "Asks for",
      param: "type",
      choices: REQUEST_TYPES.map((value) => ({ value, label: TYPE_WORDS[value] })),
    },
    cell: (request) => TYPE_WORDS[request.type],
  },
  {
    id: "person",
    label: "Person",
    cell: (request) =>
      request.person === null ? (
        <span className="text-faint">told, and forgotten</span>
      ) : (
        <span dir="auto" className="inline-block max-w-56 truncate align-bottom">
          {request.person}
        </span>
      ),
  },
  {
    id: "state",
    label: "State",
    always: true,
    filter: {
      kind: "choice",
      label: "State",
      param: "state",
      choices: REQUEST_STATES.map((value) => ({ value, label: STATE_WORDS[value] })),
    },
    cell: (request) => <StateTag state={request.state} />,
  },
  {
    id: "answerBy",
    label: "By",
    wide: true,
    cell: (request) => <Time at={request.answerBy} show="absolute" />,
  },
  {
    id: "law",
    label: "Law",
    wide: true,
    filter: {
      kind: "choice",
      label: "Law",
      param: "law",
      choices: LAWS.map((value) => ({ value, label: CLOCKS[value].title })),
    },
    cell: (request) => CLOCKS[request.law].title,
  },
  {
    id: "received",
    label: "Received",
    sort: "received",
    wide: true,
    filter: { kind: "days", label: "Received", from: "from", to: "to" },
    cell: (request) => <Time at={request.receivedAt} />,
  },
  {
    id: "assignee",
    label: "Whose",
    wide: true,
    filter: {
      kind: "choice",
      label: "Whose",
      param: "whose",
      choices: [
        { value: "mine", label: "Mine" },
        { value: "nobodys", label: "Nobody's yet" },
      ],
    },
    cell: (request) => request.assignee ?? <span className="text-faint">nobody's yet</span>,
  },
];

const BY_DUE: Filter = {
  kind: "segments",
  label: "Due",
  param: "due",
  choices: [
    { value: null, label: "All" },
    { value: "soon", label: "Within a week" },
    { value: "overdue", label: "Overdue" },
  ],
};

const OVER: Filter = {
  kind: "choice",
  label: "Open or over",
  param: "state",
  choices: [
    { value: "closed", label: "Over, told or not" },
    { value: "all", label: "Open and over" },
  ],
};

export function RequestsTable(table: { initial: Initial; keptHidden: string[] }) {
  return (
    <DataTable<Row>
      {...table}
      view={requestView}
      name="Requests"
      noun="request"
      path="/privacy/requests"
      columns={COLUMNS}
      rowId={(request) => request.uuid}
      filters={[OVER]}
      firstFilter={BY_DUE}
      empty={
        <EmptyState title="No request is open">
          When somebody asks to be forgotten, or what is stored about them, file it here: its clock runs from the day it
          arrived, and the queue shows what is due next.
        </EmptyState>
      }
    />
  );
}
