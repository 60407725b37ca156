import { AppError } from "#lib/errors.ts";
import { JsonError, parseJson } from "#lib/json.ts";

/** The original's limit (wire contract, 4.3). */
export const MOST_BYTES = 5 * 1024 * 1024;

/** Reads a body as text. @throws AppError `too_large` beyond 5 MiB; `invalid` when it is no UTF-8. */
export async function readBodyText(request: Request): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > MOST_BYTES) throw makeTooLargeError();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > MOST_BYTES) throw makeTooLargeError();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid", "The request's body did not arrive whole.");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new AppError("invalid", "The body is not valid UTF-8.");
  }
}

/** Reads JSON out of a body; an empty one is an empty object. @throws AppError `invalid`. */
export function parseJsonText(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw new AppError("invalid", "The request does not fit.", { body: error.message });
    throw error;
  }
}

function makeTooLargeError(): AppError {
  return new AppError("too_large", "request body too large (at most 5 MiB)");
}
