import {
  type Claim,
  closeDraft,
  type FactDraft,
  isDenial,
  isOfOtherValue,
  isRunningAt,
  isUndatedClaim,
  parseAttributes,
} from "#lib/graph/write/fact-draft.ts";
import { hasAllWords, listWords } from "#lib/graph/write/thing-words.ts";

/**
 * Ends the running fact of the same value, or confirms that it is over. An end without any known fact becomes a fact that is
 * over.
 */
export function applyEnd(threads: FactDraft[], claim: Claim, at: number): void {
  const alike = listMeant(threads, claim);
  const running = alike.filter((thread) => isEndedBy(thread, claim, at));
  for (const thread of running) endDraft(threads, thread, at);
  const meant = running[0] ?? alike.at(-1);
  if (meant && claim.invalidAt && isKnownByEnd(meant)) Object.assign(meant, { start: at, end: at });
  if (meant) meant.claims.push(claim);
  else threads.push({ claims: [claim], start: at, end: at, closed: true, endedBy: null });
}

/** Ends what runs of the same value, or of any where the sentence leaves its object open; makes no fact. */
export function applyClosing(threads: FactDraft[], claim: Claim, at: number): void {
  const isOpen = claim.sourceUuid === claim.targetUuid && claim.fact.includes("{object}");
  for (const thread of isOpen ? threads : listMeant(threads, claim)) {
    // "I quit my job in March and joined Acme" leaves Acme; "I was a midwife. I retired in 2018" says when that was over.
    if (isOpen && !isKnownByEnd(thread) && thread.claims.some(({ seq }) => seq === claim.seq)) continue;
    if (isDenial(thread.claims[0]) !== isDenial(claim)) continue;
    if (isKnownByEnd(thread) && claim.invalidAt) Object.assign(thread, { start: at, end: at });
    else if (isEndedBy(thread, claim, at)) endDraft(threads, thread, at);
    else continue;
    thread.claims.push(claim);
  }
}

/** The facts that an end is of: those of its value, else of the one value that has all its words, "the boat" of "a sailing boat". */
function listMeant(threads: FactDraft[], claim: Claim): FactDraft[] {
  const exact = threads.filter((thread) => !isOfOtherValue(thread, claim));
  const words = claim.sourceUuid === claim.targetUuid ? listWords(readValue(claim)) : [];
  if (exact.length > 0 || words.length === 0) return exact;
  const longer = threads.filter(
    ({ claims: [first] }) => first.targetUuid === claim.targetUuid && hasAllWords(readValue(first), words),
  );
  return new Set(longer.map(({ claims: [first] }) => first.identity)).size === 1 ? longer : [];
}

function readValue(claim: Claim): string {
  return String(parseAttributes(claim).value ?? "");
}

/** Only that it is over was said, and not since when. */
function isKnownByEnd({ claims }: FactDraft): boolean {
  return claims.every(({ kind, invalidAt }) => kind === "ends" && invalidAt === null);
}

/** Whether an end is one of this fact: it ran then, or it was said before and nobody knows since when it holds. */
function isEndedBy(thread: FactDraft, claim: Claim, at: number): boolean {
  if (isRunningAt(thread, at)) return true;
  const isUndated = thread.claims.every(
    (told) => isUndatedClaim(told) && told.saidAt.getTime() <= claim.saidAt.getTime(),
  );
  return thread.end === null && thread.start > at && isUndated && !thread.closed;
}

/** Ends a fact; where that was before it seemed to begin, it has ended nothing itself. */
function endDraft(threads: FactDraft[], thread: FactDraft, at: number): void {
  if (at < thread.start) {
    for (const other of threads) if (other.endedBy === thread) Object.assign(other, { end: null, endedBy: null });
    thread.start = at;
  }
  closeDraft(thread, at, null);
}

/** Somebody ended this one fact: the one that ran at that time, or a later one whose beginning nobody knows. */
export function applyEndByHand(threads: FactDraft[], claim: Claim, at: number): void {
  const meant = threads.filter(({ claims: [first] }) => first.identity === claim.identity);
  const thread =
    meant.find((one) => isRunningAt(one, at)) ??
    meant.find((one) => one.start > at && one.claims.every(({ validAt }) => validAt === null));
  if (!thread) return;
  thread.start = Math.min(thread.start, at);
  thread.claims.push(claim);
  closeDraft(thread, at, null);
}
