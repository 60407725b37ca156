import { parentPort } from "node:worker_threads";
import { rules } from "#lib/extraction/reader/extractor.ts";
import type { EpisodeText, Setting } from "#lib/extraction/schema.ts";

/** The thread on which rules read: a text that keeps them busy for ever keeps nothing else from going on. */
parentPort?.on("message", async ({ episode, setting }: { episode: EpisodeText; setting: Setting }) => {
  try {
    parentPort?.postMessage({ reading: await rules.read(episode, setting) });
  } catch (error) {
    // The message may repeat what was said; the name of the error does not.
    parentPort?.postMessage({ failure: error instanceof Error ? error.name : typeof error });
  }
});
parentPort?.postMessage("ready");
