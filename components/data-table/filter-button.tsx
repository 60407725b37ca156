import { ListFilter, X } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { ChoiceForm } from "#components/data-table/choice-form.tsx";
import type { Filter } from "#components/data-table/columns.ts";
import { unsealToken as openSealed, sealText } from "#components/data-table/sealed-text.ts";
import type { TableState } from "#components/data-table/use-view.ts";
import { Button, getButtonClass } from "#components/ui/button.tsx";
import { Field, TextInput } from "#components/ui/field.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { formatShortDay } from "#lib/format.ts";

type ButtonFilter = Exclude<Filter, { kind: "segments" }>;

interface FilterButtonProps {
  filter: ButtonFilter;
  state: TableState;
}

/** One filter: says what it is set to, opens to change it, and is cleared by its cross. */
export function FilterButton({ filter, state }: FilterButtonProps) {
  const [open, setOpen] = useState(false);
  const setTo = useSettingText(filter, state.filters);
  const applyChange = (change: Record<string, string | null>) => {
    state.setFilters(change);
    setOpen(false);
  };
  if (filter.kind === "given" && !setTo) return null;
  const look = setTo ? "rounded-r-none border-river/50 bg-river-wash text-river-strong" : "";
  return (
    <span className="inline-flex">
      {filter.kind === "given" ? (
        <span className={getButtonClass("plain", `font-normal ${look}`)}>
          {filter.label} <span className="font-medium">{setTo}</span>
        </span>
      ) : (
        <Popover
          title={filter.label}
          open={open}
          onOpenChange={setOpen}
          trigger={
            <button type="button" className={getButtonClass("plain", `font-normal ${look}`)}>
              {setTo ? null : <ListFilter size={14} aria-hidden className="text-faint" />}
              <span className="sr-only">Filter by </span>
              {filter.label}
              {setTo ? <span className="max-w-40 truncate font-medium">{setTo}</span> : null}
            </button>
          }
        >
          <FilterForm filter={filter} state={state} apply={applyChange} />
        </Popover>
      )}
      {setTo ? (
        <button
          type="button"
          aria-label={`Clear filter ${filter.label}`}
          onClick={() => state.setFilters(Object.fromEntries(listParams(filter).map((param) => [param, null])))}
          className="inline-flex h-8 items-center rounded-r-md border border-l-0 border-river/50 bg-river-wash px-1.5 text-river-strong hover:bg-hover pointer-coarse:h-10"
        >
          <X size={14} aria-hidden />
        </button>
      ) : null}
    </span>
  );
}

interface FilterFormProps {
  filter: Exclude<ButtonFilter, { kind: "given" }>;
  state: TableState;
  apply: (change: Record<string, string | null>) => void;
}

function FilterForm({ filter, state, apply }: FilterFormProps) {
  if (filter.kind === "choice") {
    const chosen = state.filters[filter.param] ?? null;
    return <ChoiceForm filter={filter} chosen={chosen} onChoose={(value) => apply({ [filter.param]: value })} />;
  }
  if (filter.kind === "days") return <DaysForm filter={filter} state={state} apply={apply} />;
  if (filter.kind === "day") return <DayForm filter={filter} state={state} apply={apply} />;
  return <TextForm filter={filter} state={state} apply={apply} />;
}

const PRESETS = [
  { label: "Last 7 days", days: 7 },
  { label: "Last 30 days", days: 30 },
  { label: "Last 90 days", days: 90 },
];

function DaysForm({ filter, state, apply }: FilterFormProps & { filter: Extract<Filter, { kind: "days" }> }) {
  const submitFilter = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [first, last] = [readDay(form.get("from")), readDay(form.get("to"))];
    const turned = first !== null && last !== null && first > last;
    apply({ [filter.from]: turned ? last : first, [filter.to]: turned ? first : last });
  };
  return (
    <form onSubmit={submitFilter} className="flex w-64 flex-col gap-3">
      <div className="flex flex-wrap gap-1">
        {PRESETS.map(({ label, days }) => (
          <Button
            key={days}
            kind="quiet"
            className="px-2 text-xs"
            onClick={() => apply({ [filter.from]: formatDayAgo(days), [filter.to]: null })}
          >
            {label}
          </Button>
        ))}
      </div>
      <Field label="From (UTC)">
        {(control) => (
          <TextInput {...control} type="date" name="from" defaultValue={state.filters[filter.from] ?? ""} />
        )}
      </Field>
      <Field label="To, that day included">
        {(control) => <TextInput {...control} type="date" name="to" defaultValue={state.filters[filter.to] ?? ""} />}
      </Field>
      <Button kind="primary" type="submit">
        Apply
      </Button>
    </form>
  );
}

function DayForm({ filter, state, apply }: FilterFormProps & { filter: Extract<Filter, { kind: "day" }> }) {
  const submitFilter = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    apply({ [filter.param]: readDay(new FormData(event.currentTarget).get("day")) });
  };
  return (
    <form onSubmit={submitFilter} className="flex w-64 flex-col gap-3">
      <Field label={filter.label} hint={filter.hint}>
        {(control) => (
          <TextInput {...control} type="date" name="day" defaultValue={state.filters[filter.param] ?? ""} />
        )}
      </Field>
      <Button kind="primary" type="submit">
        Apply
      </Button>
    </form>
  );
}

function TextForm({ filter, state, apply }: FilterFormProps & { filter: Extract<Filter, { kind: "text" }> }) {
  const text = useUnsealedText(state.filters[filter.param] ?? null);
  const submitFilter = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget).get("text") ?? "").trim();
    apply({ [filter.param]: wanted === "" ? null : await sealText(wanted) });
  };
  return (
    <form onSubmit={submitFilter} className="flex w-72 flex-col gap-3">
      <Field label={filter.label} hint={filter.hint}>
        {(control) => (
          <TextInput
            {...control}
            key={text}
            name="text"
            defaultValue={text}
            maxLength={500}
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
      <Button kind="primary" type="submit">
        Apply
      </Button>
    </form>
  );
}

/** What the filter is set to, in words; null when it is not. */
function useSettingText(filter: ButtonFilter, filters: Record<string, string | null>): string | null {
  const text = useUnsealedText(filter.kind === "text" ? (filters[filter.param] ?? null) : null);
  if (filter.kind === "text") return filters[filter.param] ? text || "…" : null;
  if (filter.kind === "given") return filters[filter.param] ? filter.setTo : null;
  if (filter.kind === "choice") {
    const value = filters[filter.param];
    return value ? (filter.choices.find((choice) => choice.value === value)?.label ?? "one not listed") : null;
  }
  if (filter.kind === "day")
    return filters[filter.param] ? formatShortDay(new Date(filters[filter.param] ?? "")) : null;
  const [from, to] = [filters[filter.from], filters[filter.to]];
  if (from && to) return `${formatShortDay(new Date(from))} – ${formatShortDay(new Date(to))}`;
  if (from) return `since ${formatShortDay(new Date(from))}`;
  return to ? `until ${formatShortDay(new Date(to))}` : null;
}

function useUnsealedText(token: string | null): string {
  const [opened, setOpened] = useState({ token: "", text: "" });
  useEffect(() => {
    if (token)
      void openSealed(token).then(
        (text) => setOpened({ token, text }),
        () => undefined,
      );
  }, [token]);
  return token && opened.token === token ? opened.text : "";
}

function listParams(filter: ButtonFilter): string[] {
  return filter.kind === "days" ? [filter.from, filter.to] : [filter.param];
}

function readDay(value: FormDataEntryValue | null): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function formatDayAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
