/** Asks whether applications may add an erased person again; the form's field is `keptOut`. */
export function KeepOutField() {
  return (
    <label className="flex items-start gap-2">
      <input type="checkbox" name="keptOut" className="mt-1" />
      <span>
        Keep them out
        <span className="block text-xs text-faint">
          Applications that add this id, address or one of these sessions again are refused. Otherwise they begin anew.
        </span>
      </span>
    </label>
  );
}
