import { type FormEvent, useState } from "react";
import { type ApiOperation, type JsonSchema, makeExampleBody } from "#app/(console)/reference/document.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, TextArea, TextInput } from "#components/ui/field.tsx";
import { JsonView } from "#components/ui/json-view.tsx";
import { Notice } from "#components/ui/notice.tsx";

interface TryItProps {
  operation: ApiOperation;
  base: string;
  apiKey: string;
  body: JsonSchema | undefined;
}

interface Answer {
  status: number;
  took: number;
  json: unknown;
}

/** Sends the call as an application would, and shows what comes back. What changes data really changes it, and says so. */
export function TryIt({ operation, base, apiKey, body }: TryItProps) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const sendCall = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    const started = performance.now();
    try {
      const response = await fetch(`${base}${buildAddress(operation, given)}`, {
        method: operation.method,
        headers: { authorization: `Api-Key ${apiKey}`, "content-type": "application/json" },
        body: body ? String(given.get("body") ?? "") : undefined,
      });
      setAnswer({ status: response.status, took: performance.now() - started, json: await response.json() });
    } catch {
      setProblem("The server cannot be reached.");
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={sendCall} className="flex flex-col gap-3 rounded-lg border bg-raised p-4">
      <h3 className="font-medium">Try it</h3>
      <div className="grid gap-3 sm:grid-cols-2">
        {operation.parameters.map(({ name, in: place, required }) => (
          <Field key={`${place} ${name}`} label={name} optional={!required}>
            {(control) => (
              <TextInput {...control} name={`${place}:${name}`} required={required} className="font-mono" />
            )}
          </Field>
        ))}
      </div>
      {body ? (
        <Field label="Body">
          {(control) => (
            <TextArea
              {...control}
              name="body"
              rows={7}
              spellCheck={false}
              defaultValue={JSON.stringify(makeExampleBody(body), null, 2)}
            />
          )}
        </Field>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          kind={operation.method === "DELETE" ? "risk" : "primary"}
          disabled={busy || apiKey === ""}
        >
          {busy ? "Sending …" : `Send ${operation.method}`}
        </Button>
        <p className="text-xs text-faint">{describeEffect(operation, apiKey)}</p>
      </div>
      {problem ? <Notice tone="risk">{problem}</Notice> : null}
      {answer ? (
        <div role="status" className="flex flex-col gap-2">
          <p className="text-xs text-soft tabular-nums">{`${answer.status} after ${Math.round(answer.took)} ms`}</p>
          <JsonView label="The answer" value={answer.json} />
        </div>
      ) : null}
    </form>
  );
}

function describeEffect({ method }: ApiOperation, apiKey: string): string {
  if (apiKey === "") return "Enter an API key above first.";
  return method === "GET" ? "Reads only." : "This really happens in the key's project.";
}

function buildAddress(operation: ApiOperation, given: FormData): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(String(given.get(`path:${name}`) ?? "")),
  );
  const query = new URLSearchParams();
  for (const { name, in: place } of operation.parameters) {
    const value = String(given.get(`query:${name}`) ?? "");
    if (place === "query" && value !== "") query.set(name, value);
  }
  return query.size > 0 ? `${path}?${query}` : path;
}
