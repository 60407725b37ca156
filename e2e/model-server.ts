import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { TestContext } from "node:test";
import { answerWithToyVectors } from "#e2e/toy-vectors.ts";
import { parseEnv } from "#lib/env.ts";
import type { Answer } from "#lib/extraction/model/answer.ts";
import { type Endpoint, readEndpoint } from "#lib/extraction/model/endpoint.ts";
import type { EpisodeText, Extractor, Setting } from "#lib/extraction/schema.ts";
import type { Call } from "#lib/llm/calls.ts";

/** What the server answers next. */
export type FakeReply =
  | FakeAnswer
  | { status: number; headers?: Record<string, string>; body?: unknown }
  | "vectors"
  | "silence"
  | "hang up";

interface FakeAnswer {
  text: string;
  ends?: "stop" | "length" | "refusal";
  uncounted?: true;
}

interface FakeModelServer {
  endpoint: Endpoint;
  url: string;
  /** What it was asked, in order: the bodies as they came over the wire. */
  asked: { path: string; headers: IncomingMessage["headers"]; body: string }[];
}

/** A server on this machine that speaks both protocols and answers in this order, its last answer for ever. */
export async function startFakeModelServer(
  context: TestContext,
  provider: Endpoint["provider"],
  replies: FakeReply[],
): Promise<FakeModelServer> {
  const asked: FakeModelServer["asked"] = [];
  const server = createServer(async (incoming, outgoing) => {
    // A client that has given up takes its request back; it is counted all the same.
    const chunks = await incoming.toArray().catch(() => []);
    const reply = replies[Math.min(asked.length, replies.length - 1)] ?? "silence";
    const body = Buffer.concat(chunks).toString();
    asked.push({ path: incoming.url ?? "", headers: incoming.headers, body });
    sendReply(outgoing, provider, reply, body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("the server must listen on a port");
  const url = `http://127.0.0.1:${address.port}/v1`;
  const endpoint = readEndpoint(
    parseEnv({
      LLM_PROVIDER: provider,
      LLM_BASE_URL: url,
      LLM_MODEL: provider === "anthropic" ? "claude-sonnet-4-5" : "small",
      LLM_API_KEY: "secret",
    }),
  );
  if (!endpoint) throw new Error("the endpoint must be configured");
  return { endpoint, url, asked };
}

function sendReply(outgoing: ServerResponse, provider: Endpoint["provider"], reply: FakeReply, asked: string): void {
  if (reply === "silence") return;
  if (reply === "hang up") return void outgoing.destroy();
  if (reply === "vectors") {
    const { status, body } = answerWithToyVectors(asked);
    return void outgoing.writeHead(status, { "content-type": "application/json" }).end(body);
  }
  const { status = 200, headers = {} } = "status" in reply ? reply : {};
  const byTool = asked.includes('"tool_choice"');
  const body = "status" in reply ? (reply.body ?? { error: { message: "no" } }) : formatAnswer(provider, reply, byTool);
  outgoing.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

function formatAnswer(provider: Endpoint["provider"], { text, ends = "stop", uncounted }: FakeAnswer, byTool: boolean) {
  if (provider === "anthropic") {
    const reasons = { stop: byTool ? "tool_use" : "end_turn", length: "max_tokens", refusal: "refusal" };
    const content = byTool
      ? { type: "tool_use", id: "t", name: "json", input: JSON.parse(text) }
      : { type: "text", text };
    return {
      ...{ type: "message", id: "m", model: "m", role: "assistant", content: [content] },
      ...{ stop_reason: reasons[ends], usage: { input_tokens: 100, output_tokens: 20 } },
    };
  }
  const refused = ends === "refusal";
  const message = { role: "assistant", content: refused ? null : text, refusal: refused ? text : null };
  const choice = { index: 0, message, finish_reason: ends === "length" ? "length" : "stop" };
  const usage = uncounted ? undefined : { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
  return { id: "c", created: 1, model: "m", choices: [choice], usage };
}

/** An answer that names nothing but what is given. */
export function makeAnswer(given: Partial<Answer> = {}): Answer {
  return { entities: [], facts: [], ended: [], repeated: [], ...given };
}

/** A fact of an answer. */
export function makeAnswerFact(
  source: string,
  relation: string,
  target: string | null,
  given: Partial<Answer["facts"][number]> = {},
) {
  const words = `${source} ${relation.toLowerCase().replaceAll("_", " ")} ${target ?? ""}`.trim();
  return { source, relation, target, fact: words, valid_at: null, invalid_at: null, contradicts: [], ...given };
}

export const SAID_AT = new Date("2026-01-05T10:00:00Z");

/** Something that the person says. */
export function makeEpisode(content: string, given: Partial<EpisodeText> = {}): EpisodeText {
  const speaker = { kind: "person" as const };
  return {
    ...{ uuid: "0198f3c0-0000-7000-8000-000000000001", source: "message", content, sourceDescription: null },
    ...{ speaker, saidAt: SAID_AT, before: [], ...given },
  };
}

/** Jane's graph, of which nothing is known. */
export function makeSetting(given: Partial<Setting> = {}): Setting {
  return {
    person: { names: ["Jane Doe", "Jane"], email: "jane@example.org", userId: "user-7" },
    ontology: { entityTypes: [], edgeTypes: [] },
    known: { nodes: [], facts: [] },
    ...given,
  };
}

/** Rules that find nothing, and what an extractor needs beside them. */
export function makeExtractorKeep() {
  const calls: Call[] = [];
  const waits: number[] = [];
  const codes: string[] = [];
  const fallback: Extractor = {
    compares: false,
    read: async () => ({ extractor: "rules", nodes: [], facts: [] }),
  };
  return {
    ...{ calls, waits, codes, fallback, budget: async () => 0 },
    record: async (call: Call) => void calls.push(call),
    wait: async (milliseconds: number) => void waits.push(milliseconds),
    report: ({ code }: { code: string }) => void codes.push(code),
  };
}
