import { isQuotation, type Sentence } from "#lib/graph/summary/schema.ts";

/** A part of a line of a summary, and whether it is new in the later of two versions. */
export interface ComparedPart {
  text: string;
  change: "added" | "dropped" | "kept";
}

/** A line of both versions of a summary. */
export interface ComparedLine {
  heading: string | null;
  parts: ComparedPart[];
}

/** Compares two versions line by line, and in each line what stands between its semicolons, in the order in which they read. */
export function compareVersions(now: readonly Sentence[], before: readonly Sentence[]): ComparedLine[] {
  const headings = [...new Set([...now, ...before].map(({ heading }) => heading))];
  return headings.map((heading) => {
    const [later, earlier] = [listParts(now, heading), listParts(before, heading)];
    const dropped = earlier.filter((part) => !later.includes(part));
    return {
      heading,
      parts: [
        ...dropped.map((text) => ({ text, change: "dropped" as const })),
        ...later.map((text) => ({ text, change: earlier.includes(text) ? ("kept" as const) : ("added" as const) })),
      ],
    };
  });
}

function listParts(version: readonly Sentence[], heading: string | null): string[] {
  return version
    .filter((sentence) => sentence.heading === heading)
    .flatMap(({ text }) => (isQuotation({ text }) ? [text] : text.replace(/[.]$/, "").split("; ")));
}
