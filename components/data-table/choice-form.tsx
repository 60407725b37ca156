import { useState } from "react";
import type { Filter } from "#components/data-table/columns.ts";
import { Button } from "#components/ui/button.tsx";
import { TextInput } from "#components/ui/field.tsx";

interface ChoiceFormProps {
  filter: Extract<Filter, { kind: "choice" }>;
  chosen: string | null;
  onChoose: (value: string) => void;
}

/** More choices than these are narrowed down by typing. */
const FEW = 12;

/** One of several values, as a list of buttons. */
export function ChoiceForm({ filter, chosen, onChoose }: ChoiceFormProps) {
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const choices = filter.choices.filter(({ label }) => label.toLowerCase().includes(wanted));
  return (
    <div className="flex flex-col gap-2">
      {filter.choices.length > FEW ? (
        <TextInput
          aria-label={`Narrow down ${filter.label}`}
          placeholder="Narrow down"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      ) : null}
      <div className="flex max-h-80 min-w-40 flex-col gap-1 overflow-y-auto">
        {choices.map(({ value, label }) => (
          <Button
            key={value}
            kind="quiet"
            dir="auto"
            aria-pressed={chosen === value}
            className="justify-start aria-pressed:bg-river-wash aria-pressed:text-river-strong"
            onClick={() => onChoose(value)}
          >
            <span className="max-w-72 truncate">{label}</span>
          </Button>
        ))}
        {choices.length === 0 ? <p className="px-3 py-1 text-xs text-faint">Nothing here is called that.</p> : null}
      </div>
    </div>
  );
}
