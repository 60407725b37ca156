interface FileDropProps {
  /** What the field is called. */
  label: string;
  /** What to drop. */
  words: string;
  accept: string;
  multiple?: boolean;
  onChoose: (files: File[]) => void;
}

/** Where files are dropped, or chosen. */
export function FileDrop({ label, words, accept, multiple = false, onChoose }: FileDropProps) {
  const choose = (files: FileList | null) => {
    const chosen = [...(files ?? [])].slice(0, multiple ? undefined : 1);
    if (chosen.length > 0) onChoose(chosen);
  };
  return (
    <label
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        choose(event.dataTransfer.files);
      }}
      className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-edge bg-sunk px-6 py-10 text-soft"
    >
      <span className="text-center">{words}</span>
      <input
        type="file"
        aria-label={label}
        accept={accept}
        multiple={multiple}
        className="max-w-full"
        onChange={(event) => {
          choose(event.target.files);
          // The same file, mended, can be chosen again.
          event.target.value = "";
        }}
      />
    </label>
  );
}
