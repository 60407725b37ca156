/** What can go wrong in a way the caller can understand, and the HTTP status it becomes. The only such table. */
export const STATUS_OF_CODE = {
  invalid: 400,
  taken: 400,
  unauthenticated: 401,
  forbidden: 403,
  password_temporary: 403,
  suppressed: 403,
  held: 403,
  restricted: 403,
  not_found: 404,
  not_allowed: 405,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof STATUS_OF_CODE;
export type FieldErrors = Record<string, string>;

/** An expected refusal. Thrown inside the core so that transactions roll back; transports turn it into a value. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: FieldErrors;
  /** Seconds after which another try is worth it, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, fields: FieldErrors = {}, retryAfter?: number) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }
}

export interface Failure {
  code: ErrorCode;
  message: string;
  fields: FieldErrors;
  /** Seconds. */
  retryAfter?: number;
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

/**
 * The only place where an unknown error becomes an answer: expected errors keep their message, any other error is logged
 * with a number, and only that number is shown.
 */
export function toFailure(error: unknown): Failure {
  if (error instanceof AppError) {
    const { code, message, fields, retryAfter } = error;
    return retryAfter === undefined ? { code, message, fields } : { code, message, fields, retryAfter };
  }
  const number = Math.random().toString(36).slice(2, 10);
  console.error(`[${number}]`, formatTrace(error));
  return {
    code: "internal",
    message: `Something went wrong on our side (${number}).`,
    fields: {},
  };
}

/** Turns a read's outcome into a value, so that one that fails early is no unhandled rejection. */
export async function toResult<T>(read: Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await read };
  } catch (error) {
    return { ok: false, error: toFailure(error) };
  }
}

/** Name, code and place of an unexpected error. Its message is left out: a database error repeats what was written. */
function formatTrace(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = "code" in error ? ` ${String(error.code)}` : "";
  const places = (error.stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at "));
  return `${error.name}${code}\n${places.slice(0, 12).join("\n")}`;
}
