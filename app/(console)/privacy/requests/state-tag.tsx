import { Tag } from "#components/ui/tag.tsx";
import { type RequestState, STATE_WORDS } from "#lib/privacy/requests/terms.ts";

const TONES: Partial<Record<RequestState, "now" | "ended" | "waiting" | "risk" | "river">> = {
  received: "river",
  in_review: "river",
  verified: "river",
  awaiting_approval: "waiting",
  scheduled: "waiting",
  on_hold: "waiting",
  executing: "waiting",
  verifying: "waiting",
  blocked_by_hold: "risk",
  failed: "risk",
  residue_found: "risk",
  completed: "now",
  completed_partial: "now",
  closed_no_match: "now",
};

/** How a request stands. */
export function StateTag({ state }: { state: RequestState }) {
  return <Tag tone={TONES[state] ?? "ended"}>{STATE_WORDS[state]}</Tag>;
}
