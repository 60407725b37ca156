import { createReadStream } from "node:fs";

const NEWLINE = 0x0a;

export interface Line {
  number: number;
  /** Null when the bytes are not UTF-8. */
  text: string | null;
  /** How much of the file has been read, this line included. */
  bytes: number;
}

/** The lines of a file, as `cutLines` tells them. */
export function readLines(file: string): AsyncGenerator<Line> {
  return cutLines(createReadStream(file));
}

/**
 * The lines of what comes in these chunks, 1-based, cut at newlines alone: JSON may hold U+2028 and its like unescaped. Bytes
 * that are not UTF-8 are told, not replaced.
 */
export async function* cutLines(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let kept: Buffer[] = [];
  let number = 0;
  let bytes = 0;
  const makeLine = (): Line => {
    const whole = Buffer.concat(kept);
    kept = [];
    number += 1;
    bytes += whole.length + 1;
    return { number, text: decodeLine(decoder, whole), bytes };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      kept.push(chunk.subarray(from, at));
      from = at + 1;
      yield makeLine();
    }
    kept.push(chunk.subarray(from));
  }
  if (kept.some((rest) => rest.length > 0)) yield makeLine();
}

function decodeLine(decoder: TextDecoder, bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
