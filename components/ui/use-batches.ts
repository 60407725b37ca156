import { useRef, useState } from "react";
import { useShownProject } from "#components/ui/project-provider.tsx";
import type { Result } from "#lib/errors.ts";

/**
 * Works on many items in small batches, one after the other, so that it can show progress and be stopped between two
 * batches. Finished batches stay done. A batch that cannot be sent stops the rest and says why.
 */
export function useBatches<Item, Outcome>(
  size: number,
  work: (project: string, items: Item[]) => Promise<Result<Outcome[]>>,
) {
  const project = useShownProject();
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  const [total, setTotal] = useState(0);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const stopped = useRef(false);

  const runBatches = async (items: Item[]) => {
    stopped.current = false;
    setOutcomes([]);
    setProblem(null);
    setTotal(items.length);
    setRunning(true);
    for (let start = 0; start < items.length && !stopped.current; start += size) {
      const result = await work(project, items.slice(start, start + size)).catch(() => null);
      if (!result?.ok) {
        setProblem(
          result?.error.message ?? "The console cannot be reached. Those listed below are done, the others are not.",
        );
        break;
      }
      setOutcomes((before) => [...before, ...result.value]);
    }
    setRunning(false);
  };
  return {
    run: (items: Item[]) => void runBatches(items),
    stop: () => {
      stopped.current = true;
    },
    reset: () => {
      stopped.current = true;
      setOutcomes([]);
      setTotal(0);
      setProblem(null);
    },
    outcomes,
    total,
    running,
    problem,
  };
}
