/** A read that failed, in words for the person waiting for it. */
export class ReadError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Fetches JSON from the console's own routes. @throws ReadError. */
export async function readJson<T>(url: string, request?: RequestInit): Promise<T> {
  const answer = await fetch(url, request).catch((error: unknown) => {
    if (error instanceof DOMException) throw error;
    throw new ReadError(0, "The console cannot be reached.");
  });
  if (!answer.ok) {
    const body: { message?: string } = await answer.json().catch(() => ({}));
    throw new ReadError(answer.status, body.message ?? "The console did not answer as it should.");
  }
  return answer.json();
}
