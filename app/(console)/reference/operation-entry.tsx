import { useState } from "react";
import {
  type ApiOperation,
  type FieldLine,
  type JsonSchema,
  listFieldLines,
} from "#app/(console)/reference/document.ts";
import { TryIt } from "#app/(console)/reference/try-it.tsx";
import { Tag } from "#components/ui/tag.tsx";

interface OperationEntryProps {
  operation: ApiOperation;
  base: string;
  apiKey: string;
}

const TONES = { GET: "river", POST: "now", PUT: "waiting", PATCH: "waiting", DELETE: "risk" } as const;

function pickTone(method: string) {
  return method === "GET" || method === "POST" || method === "DELETE" || method === "PUT" ? TONES[method] : TONES.PATCH;
}

/** One call: a line to recognise it by, opened to read and try it. */
export function OperationEntry({ operation, base, apiKey }: OperationEntryProps) {
  const [open, setOpen] = useState(false);
  const body = operation.requestBody?.content["application/json"].schema;
  return (
    <details
      id={operation.anchor}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group scroll-mt-6"
    >
      <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2.5 hover:bg-hover">
        <span className="w-16 shrink-0">
          <Tag tone={pickTone(operation.method)}>{operation.method}</Tag>
        </span>
        <span className="font-mono text-xs break-all">{operation.path}</span>
        {operation.deprecated ? <Tag tone="ended">older call</Tag> : null}
        <span className="ml-auto font-mono text-xs text-faint">{operation.operationId}</span>
      </summary>
      {open ? (
        <div className="flex flex-col gap-4 border-t bg-paper px-4 py-4">
          <p className="max-w-[70ch] font-serif text-base leading-7">{operation.summary}</p>
          <Parameters operation={operation} />
          {body ? <Fields title="Body" lines={listFieldLines(body)} /> : null}
          <Fields title="Answer" lines={listAnswerLines(operation)} />
          <TryIt operation={operation} base={base} apiKey={apiKey} body={body} />
        </div>
      ) : null}
    </details>
  );
}

function Parameters({ operation }: { operation: ApiOperation }) {
  const lines = operation.parameters.map(({ name, in: place, required, schema }) => ({
    name: place === "path" ? `{${name}}` : `?${name}`,
    type: typeof schema.type === "string" ? schema.type : "string",
    required,
    depth: 0,
  }));
  return <Fields title="Path and query" lines={lines} />;
}

/** Of an answer that is a list, its items' fields. */
function listAnswerLines(operation: ApiOperation): FieldLine[] {
  const [good] = Object.entries(operation.responses).filter(([status]) => status.startsWith("2"));
  const schema: JsonSchema = good?.[1].content?.["application/json"].schema ?? {};
  return schema.type === "array" ? listFieldLines({ properties: { "[ ]": schema } }) : listFieldLines(schema);
}

function Fields({ title, lines }: { title: string; lines: FieldLine[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <h3 className="pb-1 text-xs font-medium text-soft">{title}</h3>
      <ul className="columns-1 gap-8 font-mono text-xs leading-6 md:columns-2">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same name may stand at two places
          <li key={index} style={{ paddingInlineStart: `${line.depth}rem` }} className="break-inside-avoid">
            <span className={line.required ? "font-semibold" : ""}>{line.name}</span>{" "}
            <span className="text-faint">{line.type}</span>
            {line.required ? <span className="text-faint"> · required</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
