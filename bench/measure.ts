import autocannon from "autocannon";

export interface Target {
  name: string;
  url: string;
  headers?: Record<string, string>;
}

export interface Figures {
  p50: number;
  p95: number;
  perSecond: number;
}

const SAMPLES = 60;
const CONNECTIONS = 10;
const SECONDS = 4;

/** One round: latencies one request at a time (milliseconds), then throughput with ten connections. */
async function measureOnce(target: Target): Promise<Figures> {
  const latencies: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const start = performance.now();
    const answer = await fetch(target.url, { headers: target.headers });
    await answer.arrayBuffer();
    latencies.push(performance.now() - start);
    if (!answer.ok) throw new Error(`${target.name} answered ${answer.status}`);
  }
  latencies.sort((a, b) => a - b);
  const takePercentile = (share: number) => latencies[Math.floor(SAMPLES * share)] ?? 0;
  const load = await autocannon({
    url: target.url,
    headers: target.headers,
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  if (load.non2xx > 0) throw new Error(`${target.name}: ${load.non2xx} answers were refusals`);
  return { p50: takePercentile(0.5), p95: takePercentile(0.95), perSecond: load.requests.average };
}

/** Measures the targets in turn, round after round, so that a noisy minute falls on all of them; medians of the rounds. */
export async function measureInterleaved(targets: Target[], rounds: number): Promise<Map<string, Figures>> {
  const taken = new Map<string, Figures[]>(targets.map((target) => [target.name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const target of targets) {
      process.stderr.write(`\rround ${round + 1} of ${rounds}: ${target.name}\u001b[K`);
      taken.get(target.name)?.push(await measureOnce(target));
    }
  }
  process.stderr.write("\r\u001b[K");
  return new Map([...taken].map(([name, figures]) => [name, takeMedian(figures)]));
}

function takeMedian(figures: Figures[]): Figures {
  const takeMedianOf = (pick: (figure: Figures) => number) =>
    figures.map(pick).sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
  return {
    p50: takeMedianOf((f) => f.p50),
    p95: takeMedianOf((f) => f.p95),
    perSecond: takeMedianOf((f) => f.perSecond),
  };
}

/** Says whether a figure is where it is meant to be. */
export function printAim(what: string, value: number, relation: "≤" | "≥", goal: number): void {
  const met = relation === "≤" ? value <= goal : value >= goal;
  console.log(`${met ? "met   " : "missed"}  ${what}: ${value.toFixed(2)} (aim ${relation} ${goal})`);
}
