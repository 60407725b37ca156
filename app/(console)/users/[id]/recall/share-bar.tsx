import type { ScoreShares } from "#lib/memory/schema.ts";

/** What a rank may be made of, in the words of the legend, and how each looks. */
const PARTS: readonly { name: keyof ScoreShares; label: string; look: string }[] = [
  { name: "words", label: "its words", look: "bg-river" },
  { name: "around", label: "turns around it", look: "bg-river/45" },
  { name: "facts", label: "facts", look: "bg-now" },
  { name: "time", label: "time", look: "bg-waiting" },
  { name: "meaning", label: "meaning", look: "bg-ended" },
];

/** What a rank is made of, as a bar; its words are read out and shown on hover. */
export function ShareBar({ shares }: { shares: ScoreShares }) {
  const parts = PARTS.filter(({ name }) => shares[name] >= 0.005);
  const words =
    parts.length === 0
      ? "only the nearest there is"
      : parts.map(({ name, label }) => `${label} ${Math.round(100 * shares[name])} %`).join(", ");
  return (
    <span
      role="img"
      aria-label={words}
      title={words}
      className="mt-2 flex h-2 overflow-hidden rounded-full bg-hover forced-colors:border"
    >
      {parts.map(({ name, look }) => (
        <span key={name} className={look} style={{ width: `${100 * shares[name]}%` }} />
      ))}
    </span>
  );
}

/** Which colour stands for what. */
export function ShareLegend() {
  return (
    <ul aria-label="What a rank is made of" className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
      {PARTS.map(({ name, label, look }) => (
        <li key={name} className="flex items-center gap-1.5">
          <span aria-hidden className={`size-2 rounded-full ${look}`} />
          {label}
        </li>
      ))}
    </ul>
  );
}
