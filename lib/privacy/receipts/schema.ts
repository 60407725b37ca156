import { z } from "zod";
import type { Direction, PageRequest } from "#lib/pagination.ts";
import type { ReceiptState } from "#lib/privacy/receipts/terms.ts";
import { textSchema } from "#lib/validation.ts";

export interface ReceiptFilter {
  status: ReceiptState | null;
  from: Date | null;
  to: Date | null;
}

export type ReceiptQuery = ReceiptFilter & PageRequest & { direction: Direction };

/** A receipt to be proved again, and the identifier, where somebody has it: only with it texts can be looked through. */
export const proveAgainSchema = z.object({ receipt: z.uuid(), identifier: textSchema(500) });

export const receiptSchema = z.object({ receipt: z.uuid() });

/** A receipt as somebody has it: the whole of it is far below this. */
export const jwsSchema = z.object({ jws: z.string().trim().min(1, "Paste a receipt.").max(200_000) });

/** What asks for nothing but to be done. */
export const noInputSchema = z.object({});
