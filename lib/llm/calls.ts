import { db } from "#lib/db/client.ts";
import { ofProject } from "#lib/db/scope.ts";

/** One request to a language model and what it cost; nothing of what was asked or answered. */
export interface Call {
  model: string;
  purpose: "facts" | "summary" | "embeddings";
  outcome: "answered" | "repaired" | "refused" | "failed";
  /** 0 where a failure leaves them unknown. */
  inputTokens: number;
  outputTokens: number;
  /** Milliseconds. */
  duration: number;
}

/** Notes what a request cost, under the project for which it was made. */
export async function recordCall(projectUuid: string, call: Call): Promise<void> {
  await db().modelCall.create({ data: { ...call, projectUuid }, select: { seq: true } });
}

/** Tokens, both ways, that a project has used since midnight UTC. */
export async function countTokensToday(projectUuid: string, now = new Date()): Promise<number> {
  const midnight = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  const { _sum: used } = await db().modelCall.aggregate({
    where: { ...ofProject({ projectUuid }), at: { gte: midnight } },
    _sum: { inputTokens: true, outputTokens: true },
  });
  return (used.inputTokens ?? 0) + (used.outputTokens ?? 0);
}
