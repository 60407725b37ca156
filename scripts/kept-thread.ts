import { Worker } from "node:worker_threads";
import { toFailure } from "#lib/errors.ts";

const PAUSE_MS = 1_000;

interface KeptThread {
  /** Asks the script to end, with the message "stop", and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Runs a script on a thread of its own, and anew whenever it ends by itself, so that what ends it, such as a database that
 * is away for a moment, does not end the process.
 */
export function keepThreadRunning(script: URL, pause = PAUSE_MS): KeptThread {
  let stopping = false;
  let starting: NodeJS.Timeout | undefined;
  let thread: Worker | undefined;
  const start = () => {
    // Options of this process, such as the one that watches its parent, must not apply to the thread.
    thread = new Worker(script, { execArgv: [] });
    thread.on("error", toFailure);
    thread.once("exit", () => {
      thread = undefined;
      if (!stopping) starting = setTimeout(start, pause);
    });
  };
  start();
  return {
    async stop() {
      stopping = true;
      clearTimeout(starting);
      const running = thread;
      if (!running) return;
      const exit = new Promise((done) => running.once("exit", done));
      running.postMessage("stop");
      await exit;
    },
  };
}
