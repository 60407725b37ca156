/** Asks whether applications may add an erased person again; the form's field is `keptOut`. @param isUsual whether that is what one chooses here. */
export function KeepOutField({ isUsual = false }: { isUsual?: boolean }) {
  return (
    <label className="flex items-start gap-2">
      <input type="checkbox" name="keptOut" defaultChecked={isUsual} className="mt-1" />
      <span>
        Keep them out
        <span className="block text-xs text-faint">
          Applications that add this id, address or one of these sessions again are refused. Otherwise they begin anew.
        </span>
      </span>
    </label>
  );
}
