import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { AppError, toFailure } from "#lib/errors.ts";
import { type CsvRow, readRequest } from "#lib/privacy/requests/batch/schema.ts";
import { checkFiling, fileRequest } from "#lib/privacy/requests/file.ts";

/** What became, or would become, of a row of a file. */
export interface RowOutcome {
  row: number;
  /** It was filed before, under the same reference: nothing is done. */
  outcome: "new" | "filed before" | "refused";
  /** Where it is, once it is filed. */
  request: string | null;
  number: number | null;
  /** Nobody is known by its identifier: such a request is answered just so. Null where nobody looked. */
  isPersonKnown: boolean | null;
  /** Why it is refused. */
  problem: string | null;
}

/** What filing each of these rows would do; nothing is changed. */
export async function checkRows(actor: Actor, rows: CsvRow[]): Promise<RowOutcome[]> {
  authorize(actor, "requests:work");
  return decideEach(rows, async (row) => {
    const { filed, isPersonKnown } = await checkFiling(actor, readRequest(row));
    return filed
      ? { outcome: "filed before", request: filed.request, number: filed.number, isPersonKnown: null }
      : { outcome: "new", request: null, number: null, isPersonKnown };
  });
}

/** Files each of these rows by itself: one that is refused stops no other, one that was filed before is left as it is. */
export async function fileRows(actor: Actor, rows: CsvRow[]): Promise<RowOutcome[]> {
  authorize(actor, "requests:work");
  return decideEach(rows, async (row) => {
    const { request, number, isNew } = await fileRequest(actor, readRequest(row));
    return { outcome: isNew ? "new" : "filed before", request, number, isPersonKnown: null };
  });
}

type Decided = Omit<RowOutcome, "row" | "problem">;

async function decideEach(rows: CsvRow[], decide: (row: CsvRow) => Promise<Decided>): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  for (const row of rows) {
    try {
      outcomes.push({ row: row.row, ...(await decide(row)), problem: null });
    } catch (error) {
      // What is no row's fault is not told as one.
      if (!(error instanceof AppError)) throw error;
      const refused = { outcome: "refused", request: null, number: null, isPersonKnown: null } as const;
      outcomes.push({ row: row.row, ...refused, problem: describeProblem(error) });
    }
  }
  return outcomes;
}

function describeProblem(error: AppError): string {
  const { message, fields = {} } = toFailure(error);
  const about = Object.entries(fields).map(([name, words]) => `${name}: ${words}`);
  return about.length > 0 ? about.join(" ") : message;
}
