import { setTimeout as sleep } from "node:timers/promises";
import type { ModelMessage } from "ai";
import type { z } from "zod";
import { type ModelJson, parseModelJson } from "#lib/extraction/model/answer.ts";
import type { Endpoint } from "#lib/extraction/model/endpoint.ts";
import { requestReply } from "#lib/extraction/model/request.ts";
import type { Call } from "#lib/llm/calls.ts";
import { ModelError } from "#lib/llm/failure.ts";
import { getRetryPause } from "#lib/llm/patience.ts";
import type { Reply } from "#lib/llm/reply.ts";

export interface Question<T> {
  purpose: Call["purpose"];
  instruction: string;
  input: string;
  schema: z.ZodType<T>;
}

/** Whom to ask, and who keeps count. */
export interface Line {
  endpoint: Endpoint;
  /** Told of every request, whatever came of it. */
  record: (call: Call) => Promise<void>;
  /** Lets so many milliseconds pass. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Asks the model one question. If the answer cannot be parsed or repaired, it asks once more and says what was wrong. A
 * request that failed for now is sent again after a pause, as long as the server asks for. At most four requests in all.
 * @throws ModelError `model_refused`, `model_unreadable` or `model_unavailable`.
 */
export async function askModel<T>({ purpose, instruction, input, schema }: Question<T>, line: Line): Promise<T> {
  const { endpoint, record, wait = sleep } = line;
  const asked: ModelMessage = { role: "user", content: input };
  let messages: ModelMessage[] = [asked];
  let failures = 0;
  for (;;) {
    const started = performance.now();
    const reply = await requestReply(endpoint, { instruction, messages, schema });
    const duration = performance.now() - started;
    const read = reply.kind === "text" ? parseModelJson(reply.text, schema) : null;
    await record({ model: endpoint.model, purpose, outcome: classifyOutcome(reply, read), ...reply.tokens, duration });
    if (read?.ok) return read.value;
    if (reply.kind === "refusal") throw new ModelError("model_refused");
    if (reply.kind === "failure") {
      const pause = getRetryPause(reply, failures);
      if (pause === null) throw new ModelError("model_unavailable", reply.status);
      failures += 1;
      await wait(pause);
    } else {
      if (messages.length > 1) throw new ModelError("model_unreadable");
      messages = [asked, ...makeCorrection(reply.text, read?.reason ?? "")];
    }
  }
}

function classifyOutcome({ kind }: Reply, read: ModelJson<unknown> | null): Call["outcome"] {
  if (kind === "refusal") return "refused";
  if (!read?.ok) return "failed";
  return read.mended ? "repaired" : "answered";
}

/** Only the beginning of a broken answer is sent back, because it may be very long. */
function makeCorrection(text: string, reason: string): ModelMessage[] {
  const shown = text.trim().slice(0, 2_000);
  const content = `That is not the JSON object that was asked for:\n${reason}\nAnswer again, with that object alone.`;
  return [...(shown ? [{ role: "assistant" as const, content: shown }] : []), { role: "user", content }];
}
