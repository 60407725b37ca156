import type { FactExtractor } from "#lib/graph/terms.ts";
import { type Metadata, metadataSchema } from "#lib/validation.ts";

/** What one episode says for a fact or of its end, as it is stored. */
export interface Claim {
  uuid: string;
  /** Its place among the claims of its episode. */
  ordinal: number;
  /** The fact it went into so far, or is to go into. */
  edgeUuid: string | null;
  kind: "holds" | "adds" | "lists" | "ends" | "closes";
  /** Claims of one identity say the same. */
  identity: string;
  sourceUuid: string;
  targetUuid: string;
  name: string;
  fact: string;
  single: boolean;
  validAt: Date | null;
  invalidAt: Date | null;
  expiredAt: Date | null;
  confidence: number;
  extractor: FactExtractor;
  attributes: unknown;
  /** When its episode was said, and the episode's place in the order of arrival. */
  saidAt: Date;
  seq: bigint;
}

/** A fact in the making. */
export interface FactDraft {
  claims: [Claim, ...Claim[]];
  start: number;
  end: number | null;
  /** It came with both its ends, or is known by its end alone. */
  closed: boolean;
  endedBy: FactDraft | null;
}

export function isRunningAt(thread: FactDraft, at: number): boolean {
  return thread.start <= at && (thread.end === null || thread.end > at);
}

export function closeDraft(thread: FactDraft, at: number, by: FactDraft | null): void {
  thread.end = at;
  thread.endedBy = by;
}

export function isDenial({ name }: Claim): boolean {
  return name.startsWith("NOT_");
}

/** Nobody said since when it holds: it has no date, or that of its telling. */
export function isUndatedClaim({ validAt, saidAt }: Claim): boolean {
  return validAt === null || validAt.getTime() === saidAt.getTime();
}

/** Another value: of another thing, or said of the same thing in other words where the words are all there is. */
export function isOfOtherValue(thread: FactDraft, claim: Claim): boolean {
  const [first] = thread.claims;
  if (first.targetUuid !== claim.targetUuid) return true;
  return claim.sourceUuid === claim.targetUuid && first.identity !== claim.identity;
}

export function parseAttributes({ attributes }: Claim): Metadata {
  return metadataSchema.catch({}).parse(attributes);
}
