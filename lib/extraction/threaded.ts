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
  const line = new ReadingLine(thread, budget);
  return { compares: false, read: (episode, setting) => line.read({ episode, setting }) };
}

/** From so many times the budget on, a timer was late. */
const LATE = 1.2;

/** With the thread are so many episodes at a time, so that it has the next one at hand when it has read one. */
const AHEAD = 4;

interface Task {
  request: { episode: EpisodeText; setting: Setting };
  resolve: (reading: Reading) => void;
  reject: (error: unknown) => void;
}

type Answer = { reading: Reading; failure?: undefined } | { failure: string };

/** The episodes that wait to be read, in order; the first of them are with the thread, which answers in that order. */
class ReadingLine {
  readonly #thread: URL;
  readonly #budget: number;
  readonly #tasks: Task[] = [];
  #sent = 0;
  #worker: Worker | undefined;
  #isStarting = false;
  /** Runs while the first episode is read. */
  #timer: NodeJS.Timeout | undefined;

  constructor(thread: URL, budget: number) {
    this.#thread = thread;
    this.#budget = budget;
  }

  read(request: Task["request"]): Promise<Reading> {
    return new Promise((resolve, reject) => {
      this.#tasks.push({ request, resolve, reject });
      void this.#send();
    });
  }

  async #send(): Promise<void> {
    const worker = this.#worker ?? (await this.#start());
    if (!worker || worker !== this.#worker) return;
    while (this.#sent < Math.min(this.#tasks.length, AHEAD)) {
      worker.postMessage(this.#tasks[this.#sent]?.request);
      this.#sent += 1;
    }
    if (this.#sent > 0) this.#timer ??= this.#startTimer(worker);
  }

  /** A timer that fires much too late tells that the whole process stood still: the text gets its time once more. */
  #startTimer(worker: Worker): NodeJS.Timeout {
    const started = Date.now();
    return setTimeout(() => {
      if (Date.now() - started < this.#budget * LATE) this.#replace(worker);
      else this.#timer = this.#startTimer(worker);
    }, this.#budget);
  }

  /** Starts a thread, once; where that fails, whatever waits for it fails. */
  async #start(): Promise<Worker | undefined> {
    if (this.#isStarting) return undefined;
    this.#isStarting = true;
    try {
      const worker = await startThread(this.#thread);
      worker.on("message", (answer: Answer) => this.#settle(answer));
      worker.once("error", () => this.#replace(worker));
      // Listening holds the process, which a thread that has nothing to read must not.
      worker.unref();
      this.#worker = worker;
      return worker;
    } catch (error) {
      for (const { reject } of this.#tasks.splice(0)) reject(error);
      return undefined;
    } finally {
      this.#isStarting = false;
    }
  }

  #settle(answer: Answer): void {
    const task = this.#takeFirst();
    if (answer.failure === undefined) task?.resolve(answer.reading);
    else task?.reject(new ReadingError(answer.failure));
    void this.#send();
  }

  /** The first episode took too long, or broke the thread: it fails alone, and the others are read by the next thread. */
  #replace(worker: Worker): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    worker.removeAllListeners("message");
    void worker.terminate();
    this.#takeFirst()?.reject(new ReadingError("TOOK_TOO_LONG"));
    this.#sent = 0;
    void this.#send();
  }

  #takeFirst(): Task | undefined {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sent = Math.max(0, this.#sent - 1);
    return this.#tasks.shift();
  }
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
