import { Fragment } from "react";

/** Text with every occurrence of what was searched for marked, whatever its case and accents. */
export function HighlightedText({ text, searched }: { text: string; searched: string }) {
  const pieces = splitAtHits(text, searched);
  return pieces.map((piece) =>
    piece.hit ? (
      <mark key={piece.at} className="rounded-sm bg-mark text-ink">
        {piece.text}
      </mark>
    ) : (
      <Fragment key={piece.at}>{piece.text}</Fragment>
    ),
  );
}

interface Piece {
  at: number;
  text: string;
  hit: boolean;
}

function splitAtHits(text: string, searched: string): Piece[] {
  const wanted = foldText(searched.trim());
  if (wanted === "") return [{ at: 0, text, hit: false }];
  // Folding may change lengths, so it is done letter by letter and remembers where each came from.
  const letters = [...text];
  const folded: string[] = [];
  const origin: number[] = [];
  letters.forEach((letter, index) => {
    for (const part of foldText(letter)) {
      folded.push(part);
      origin.push(index);
    }
  });
  const haystack = folded.join("");
  const pieces: Piece[] = [];
  let done = 0;
  for (let hit = haystack.indexOf(wanted); hit >= 0; hit = haystack.indexOf(wanted, hit + wanted.length)) {
    const from = origin[hit] ?? 0;
    const to = (origin[hit + wanted.length - 1] ?? letters.length - 1) + 1;
    if (from < done) continue;
    pieces.push({ at: done, text: letters.slice(done, from).join(""), hit: false });
    pieces.push({ at: from + 0.5, text: letters.slice(from, to).join(""), hit: true });
    done = to;
  }
  pieces.push({ at: done, text: letters.slice(done).join(""), hit: false });
  return pieces;
}

function foldText(value: string): string {
  return value
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}
