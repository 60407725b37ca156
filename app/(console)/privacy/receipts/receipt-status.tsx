import { Tag } from "#components/ui/tag.tsx";
import type { ReceiptState } from "#lib/privacy/receipts/terms.ts";

const STATES = {
  pending: { tone: "waiting", words: "proof pending" },
  confirmed: { tone: "now", words: "confirmed" },
  residue: { tone: "risk", words: "residue found" },
} as const;

/** How the proof of an erasure stands. */
export function ReceiptStatus({ status }: { status: ReceiptState }) {
  const { tone, words } = STATES[status];
  return <Tag tone={tone}>{words}</Tag>;
}
