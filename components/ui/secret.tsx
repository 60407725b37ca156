import { CopyButton } from "#components/ui/copy-button.tsx";

/** Something shown once, to be copied now. */
export function Secret({ label, value, after }: { label: string; value: string; after: string }) {
  return (
    <div className="flex flex-col gap-2">
      <p className="text-xs font-medium text-soft">{label}</p>
      <div className="rounded-md border border-edge bg-sunk px-3 py-2.5 text-ink">
        <CopyButton value={value} label={label.toLowerCase()} />
      </div>
      <p className="text-sm text-soft">{after}</p>
    </div>
  );
}
