import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { formatJson } from "#lib/json.ts";

/** JSON for reading: indented, in mono, with nothing cut off. */
export function JsonView({ label, value }: { label: string; value: unknown }) {
  return (
    <ScrollRegion label={label} className="max-h-80 rounded-md px-3 py-2 [--region:var(--sunk)]">
      <pre dir="auto" className="font-mono text-xs leading-5 whitespace-pre-wrap break-words">
        {formatJson(value, 2)}
      </pre>
    </ScrollRegion>
  );
}
