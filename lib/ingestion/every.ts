import { toFailure } from "#lib/errors.ts";

export interface Worker {
  /** Ends after what is being worked on. */
  stop(): Promise<void>;
}

/** Does something again and again, never twice at once; what goes wrong is logged and tried again. */
export function repeatEvery(interval: number, work: () => Promise<void>): Worker {
  let ended = false;
  let endPause: () => void = () => undefined;
  const running = (async () => {
    while (!ended) {
      await work().catch((error: unknown) => toFailure(error));
      await new Promise<void>((done) => {
        const timer = setTimeout(done, ended ? 0 : interval);
        endPause = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
  })();
  return {
    async stop() {
      ended = true;
      endPause();
      await running;
    },
  };
}
