import { getKindColour } from "#components/graph/kinds.ts";

/** A kind's colour, beside its name. */
export function KindDot({ kind }: { kind: string }) {
  return (
    <span
      aria-hidden
      className="inline-block size-2.5 shrink-0 rounded-full"
      style={{ background: `var(${getKindColour(kind)})` }}
    />
  );
}
