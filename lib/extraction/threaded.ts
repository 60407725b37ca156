import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { EpisodeText, Extractor, Reading, Setting } from "#lib/extraction/schema.ts";

/** How long one episode may be read. Ordinary ones take a few thousandths of a second. */
const BUDGET_MS = 10_000;

/** Why an episode could not be read, by a code that repeats nothing of it. */
class ReadingError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

interface ThreadOptions {
  /** A module that answers each `{ episode, setting }` with `{ reading }` or `{ failure }`, after a first "ready". */
  thread?: URL;
  budget?: number;
}

/**
 * Reads on a long-lived thread, one episode after the other, so that whoever asks stays able to do other things, such as
 * telling the queue that it is alive. A thread that takes longer than the budget is ended and replaced.
 */
export function makeThreadedExtractor({
  thread = new URL("./reading-thread.ts", import.meta.url),
  budget = BUDGET_MS,
}: ThreadOptions = {}): Extractor {
  let running: Promise<Worker> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const readNext = async (episode: EpisodeText, setting: Setting): Promise<Reading> => {
    running ??= startThread(thread);
    const worker = await running.catch((error: unknown) => {
      running = undefined;
      throw error;
    });
    const answer = once(worker, "message", { signal: AbortSignal.timeout(budget) });
    worker.postMessage({ episode, setting });
    try {
      const [{ reading, failure }] = await answer;
      if (failure !== undefined) throw new ReadingError(failure);
      return reading;
    } catch (error) {
      if (error instanceof ReadingError) throw error;
      running = undefined;
      await worker.terminate();
      throw new ReadingError("TOOK_TOO_LONG");
    }
  };
  return {
    compares: false,
    read: (episode, setting) => {
      const reading = last.then(() => readNext(episode, setting));
      last = reading.catch(() => undefined);
      return reading;
    },
  };
}

async function startThread(module: URL): Promise<Worker> {
  // What the process was started with, as to watch over the process that started it, is not for the thread.
  const worker = new Worker(module, { execArgv: [] });
  worker.unref();
  // A thread that breaks between two episodes is met by the next one; unheard, its error would end the process.
  worker.on("error", () => undefined);
  await once(worker, "message");
  return worker;
}
