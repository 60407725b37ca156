interface CheckboxProps {
  label: string;
  checked: boolean;
  indeterminate?: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** A checkbox whose label is for screen readers, as in a table's first column. */
export function Checkbox({ label, checked, indeterminate = false, disabled, onChange }: CheckboxProps) {
  return (
    <input
      ref={(box) => {
        if (box) box.indeterminate = indeterminate && !checked;
      }}
      type="checkbox"
      aria-label={label}
      disabled={disabled}
      checked={checked}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
