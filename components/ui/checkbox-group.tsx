interface CheckboxGroupProps {
  legend: string;
  name: string;
  /** What can be chosen, with what each means. */
  choices: { value: string; about: string; isChosen: boolean }[];
  error?: string;
}

/** Several of a few words, each with what it means. */
export function CheckboxGroup({ legend, name, choices, error }: CheckboxGroupProps) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-xs font-medium text-soft">{legend}</legend>
      {choices.map(({ value, about, isChosen }) => (
        <label key={value} className="flex flex-wrap items-center gap-x-2">
          <input type="checkbox" name={name} value={value} defaultChecked={isChosen} className="size-4 accent-river" />
          <span className="font-mono text-xs">{value}</span>
          <span className="text-soft">{about}</span>
        </label>
      ))}
      {error ? <p className="text-xs font-medium text-risk">{error}</p> : null}
    </fieldset>
  );
}
