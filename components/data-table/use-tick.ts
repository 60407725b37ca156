import { useEffect, useState } from "react";

/** Renders anew every half minute, so that "2 minutes ago" does not stay so for ever. */
export function useTick(): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
}
