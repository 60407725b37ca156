const WIDTH = 28;

/** A line that fills up: on a terminal in place, elsewhere not at all. */
export class ProgressBar {
  readonly #label: string;
  readonly #total: number;
  readonly #started = performance.now();

  constructor(label: string, total: number) {
    this.#label = label;
    this.#total = Math.max(1, total);
    this.show(0);
  }

  /** @param done bytes read so far. */
  show(done: number): void {
    if (!process.stderr.isTTY) return;
    const share = Math.min(1, done / this.#total);
    const filled = Math.round(share * WIDTH);
    const seconds = (performance.now() - this.#started) / 1000;
    const left = share > 0.02 ? `, ${Math.ceil(seconds / share - seconds)} s left` : "";
    const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    process.stderr.write(`\r${this.#label} ${bar} ${Math.floor(share * 100)} %${left}\u001b[K`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  }
}
