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
import { applyClosing, applyEnd, applyEndByHand } from "#lib/graph/write/weave-ends.ts";
import { findRelation } from "#lib/relations.ts";
import { deriveUuid } from "#lib/uuid.ts";
import { type Metadata, mergeMetadata } from "#lib/validation.ts";

/** A fact as the claims make it. */
export interface Woven {
  uuid: string;
  claims: string[];
  sourceUuid: string;
  targetUuid: string;
  name: string;
  fact: string;
  validAt: Date | null;
  invalidAt: Date | null;
  /** When the system was told to believe it no longer; null when nobody said. */
  expiredAt: Date | null;
  confidence: number;
  extractor: Claim["extractor"];
  attributes: Metadata;
  supersededBy: string | null;
  /** When it was first said. */
  saidAt: Date;
}

/**
 * Derives the facts of one slot from all its claims. The order of arrival does not matter, only when the claims were said
 * and of when they speak. A claim that holds begins a fact or supports a running one. A claim with both ends is a fact of
 * its own. A claim that ends closes what runs. In a single-valued slot the next value closes the one before, as a denial
 * closes what it denies (as in Graphiti's `resolve_edge_contradictions`: intervals that do not overlap do not affect each
 * other). An end by hand applies to one fact, and makes none if that fact is gone.
 * @param taken uuids that other facts use; the uuids given here are added.
 */
export function weave(claims: readonly Claim[], taken: Set<string> = new Set()): Woven[] {
  const threads: FactDraft[] = [];
  const listed = new Set(
    claims.flatMap((claim) => (claim.kind === "lists" ? [makeListKey(claim.seq, claim.identity)] : [])),
  );
  const byHand = claims.filter(({ kind, extractor }) => kind === "ends" && extractor === "stated");
  const knots = separateStarts(claims.filter((claim) => !byHand.includes(claim))).map((claim) => ({
    claim,
    start: getStart(claim),
  }));
  knots.sort((a, b) => getPlace(a) - getPlace(b) || compareByTime(a.claim, b.claim));
  for (const { claim, start } of knots) {
    if (claim.kind === "closes") applyClosing(threads, claim, start);
    else if (claim.kind === "ends") applyEnd(threads, claim, start);
    else applyHolding(threads, claim, start, listed);
  }
  for (const claim of byHand.toSorted(compareByTime)) applyEndByHand(threads, claim, getStart(claim));
  const names = assignUuids(threads, taken);
  return threads.map((thread) => completeFact(thread, names));
}

/** The moment a claim speaks of. A claim with only an end cannot begin after it. */
function getStart({ kind, validAt, invalidAt, saidAt }: Claim): number {
  if (isEnd({ kind })) return (invalidAt ?? saidAt).getTime();
  if (validAt) return validAt.getTime();
  return Math.min(saidAt.getTime(), invalidAt?.getTime() ?? Number.POSITIVE_INFINITY);
}

/** An end counts after what was said before it, even of a time before that. */
function getPlace({ claim, start }: { claim: Claim; start: number }): number {
  return isEnd(claim) ? Math.max(start, claim.saidAt.getTime()) : start;
}

function isEnd({ kind }: Pick<Claim, "kind">): boolean {
  return kind === "ends" || kind === "closes";
}

/** What is said at the same time counts in the order of its arrival. */
function compareByTime(a: Claim, b: Claim): number {
  return a.saidAt.getTime() - b.saidAt.getTime() || Number(a.seq - b.seq) || a.ordinal - b.ordinal;
}

/** Which values an episode lists together. */
function makeListKey(seq: bigint, identity: string): string {
  return `${seq} ${identity}`;
}

/**
 * Two values of a single-valued relation cannot begin at one moment, as when a record keeps the day it was made while what it
 * says changes: the one that was said later began when it was said.
 */
function separateStarts(claims: readonly Claim[]): Claim[] {
  return claims.map((claim) => {
    const { validAt, kind, single, saidAt, identity } = claim;
    if (!single || kind !== "holds" || validAt === null || saidAt <= validAt) return claim;
    const isLater = claims.some(
      (other) =>
        other.kind === "holds" &&
        other.identity !== identity &&
        other.saidAt < saidAt &&
        toMilliseconds(other.validAt) === validAt.getTime() &&
        other.invalidAt === null,
    );
    const isFirstSaid = !claims.some(
      (other) =>
        other.identity === identity && other.saidAt < saidAt && toMilliseconds(other.validAt) === validAt.getTime(),
    );
    return isLater && isFirstSaid ? { ...claim, validAt: saidAt } : claim;
  });
}

function applyHolding(threads: FactDraft[], claim: Claim, start: number, listed: ReadonlySet<string>): void {
  const { validAt, invalidAt } = claim;
  const closed = validAt !== null && invalidAt !== null;
  const told = invalidAt?.getTime() ?? null;
  const running = threads.find((thread) => isRepeated(thread, claim, closed) || isJoined(thread, claim, closed, start));
  const undone = running ? undefined : threads.find((thread) => isRestatedAtOnce(thread, claim, start));
  const later = (running ?? undone) ? undefined : findLaterTold(threads, claim, start);
  if (later) {
    threads.push({ claims: [claim], start: later.start, end: later.start, closed: true, endedBy: later });
    return;
  }
  const thread: FactDraft = running ?? undone ?? { claims: [claim], start, end: told, closed, endedBy: null };
  if (undone) Object.assign(undone, { end: told, endedBy: null });
  if (running && told !== null) running.end = Math.max(told, running.start);
  if (running ?? undone) thread.claims.push(claim);
  else threads.push(thread);
  if (running && claim.kind !== "lists") return;
  for (const other of threads)
    if (other !== thread && isOpposed(other, claim, listed) && isRunningAt(other, start))
      closeDraft(other, start, thread);
}

/**
 * "I live in Paris", and later "I moved to Rome in March": what holds from a time before the first was said, and was told
 * after it, had ended the first by then. Only where nobody said since when the first holds.
 */
function findLaterTold(threads: FactDraft[], claim: Claim, start: number): FactDraft | undefined {
  if (!claim.single || claim.kind !== "holds" || isDenial(claim) || !isUndatedClaim(claim) || claim.invalidAt !== null)
    return undefined;
  return threads.find(
    (thread) =>
      isOfOtherValue(thread, claim) &&
      isRunningAt(thread, start) &&
      !isDenial(thread.claims[0]) &&
      thread.claims.some((told) => !isUndatedClaim(told) && told.kind === "holds" && compareByTime(told, claim) > 0),
  );
}

/** Whether a fact was said and denied at one moment and is said again at that moment. */
function isRestatedAtOnce(thread: FactDraft, claim: Claim, start: number): boolean {
  return (
    thread.claims[0].identity === claim.identity &&
    thread.endedBy !== null &&
    thread.start === start &&
    thread.end === start
  );
}

/** Whether a claim contradicts the thread: another value of a single-valued relation, or the denial of the same fact. */
function isOpposed(thread: FactDraft, claim: Claim, listed: ReadonlySet<string>): boolean {
  const [first] = thread.claims;
  if (isDenial(first) !== isDenial(claim)) return isOfSameValue(first, claim);
  if (claim.kind === "lists") return !listed.has(makeListKey(claim.seq, first.identity));
  return claim.single && claim.kind === "holds" && !isDenial(claim) && isOfOtherValue(thread, claim);
}

/** Whether two claims of which one is a denial speak of the same thing. */
function isOfSameValue(one: Claim, other: Claim): boolean {
  if (one.targetUuid !== other.targetUuid) return false;
  if (one.sourceUuid !== one.targetUuid) return true;
  const [value, denied] = [parseAttributes(one).value, parseAttributes(other).value];
  return value !== undefined && value === denied;
}

/** A claim with both ends says the same only of the very same stretch of time, or tells the end of what began just then. */
function isRepeated(thread: FactDraft, claim: Claim, closed: boolean): boolean {
  const [first] = thread.claims;
  const overAlike =
    claim.validAt === null && claim.invalidAt !== null && thread.end === toMilliseconds(claim.invalidAt);
  if (overAlike && first.identity === claim.identity && first.validAt === null) return true;
  if (!closed || first.identity !== claim.identity || toMilliseconds(first.validAt) !== toMilliseconds(claim.validAt))
    return false;
  return thread.end === null || thread.end === toMilliseconds(claim.invalidAt);
}

/** A claim without both ends says again what runs at its time. */
function isJoined(thread: FactDraft, claim: Claim, closed: boolean, start: number): boolean {
  return !closed && !thread.closed && thread.claims[0].identity === claim.identity && isRunningAt(thread, start);
}

/**
 * Each thread keeps the uuid of the fact that its claims were in, the one that holds the claim it was named after before
 * others; a new one is named after one of its claims.
 */
function assignUuids(threads: FactDraft[], taken: Set<string>): Map<FactDraft, string> {
  const names = new Map<FactDraft, string>();
  const assignUuid = (thread: FactDraft, candidates: string[]) => {
    const uuid = candidates.find((name) => !taken.has(name));
    if (!uuid || names.has(thread)) return;
    taken.add(uuid);
    names.set(thread, uuid);
  };
  const listKnownUuids = ({ claims }: FactDraft) => claims.flatMap(({ edgeUuid }) => edgeUuid ?? []);
  for (const thread of threads)
    assignUuid(
      thread,
      listKnownUuids(thread).filter((uuid) => thread.claims.some((claim) => claim.uuid === uuid)),
    );
  for (const thread of threads) assignUuid(thread, listKnownUuids(thread));
  for (const thread of threads) {
    const own = thread.claims.map(({ uuid }) => uuid);
    assignUuid(thread, [
      ...own,
      ...Array.from({ length: taken.size + 1 }, (_, number) => deriveUuid(thread.claims[0].uuid, `fact ${number}`)),
    ]);
  }
  return names;
}

function completeFact(thread: FactDraft, names: Map<FactDraft, string>): Woven {
  const { claims, endedBy } = thread;
  const holding = claims.filter(({ kind }) => !isEnd({ kind }));
  const [first = claims[0]] = holding;
  const validAt = findEarliestStart(
    holding.filter((claim) => !isUndatedClaim(claim) || getStart(claim) <= thread.start),
  );
  const end = thread.end ?? findLimit(first, holding);
  const strongest = claims.reduce((best, claim) => (claim.confidence > best.confidence ? claim : best), first);
  return {
    uuid: names.get(thread) ?? first.uuid,
    claims: claims.map((claim) => claim.uuid),
    sourceUuid: first.sourceUuid,
    targetUuid: first.targetUuid,
    name: first.name,
    fact: first.fact,
    validAt,
    invalidAt: end === null ? null : new Date(Math.max(end, validAt?.getTime() ?? end)),
    expiredAt: claims.reduce<Date | null>((told, claim) => claim.expiredAt ?? told, null),
    confidence: strongest.confidence,
    extractor: strongest.extractor,
    attributes: claims.reduce<Metadata>((merged, claim) => mergeMetadata(merged, parseAttributes(claim)), {}),
    supersededBy: (endedBy && names.get(endedBy)) ?? null,
    saidAt: first.saidAt,
  };
}

/** Until when something can hold at most that was last said at some time; null where it may go on for good. */
function findLimit({ name, extractor }: Claim, holding: readonly Claim[]): number | null {
  const days = extractor === "stated" || name.startsWith("NOT_") ? undefined : findRelation(name)?.lastsAtMost;
  if (days === undefined) return null;
  const told = holding.map((claim) => (isUndatedClaim(claim) ? claim.saidAt : (claim.validAt ?? claim.saidAt)));
  return Math.max(...told.map((time) => time.getTime())) + days * DAY;
}

const DAY = 86_400_000;

function findEarliestStart(claims: readonly Claim[]): Date | null {
  const known = claims.flatMap(({ validAt }) => validAt?.getTime() ?? []);
  return known.length > 0 ? new Date(Math.min(...known)) : null;
}

function toMilliseconds(date: Date | null): number | null {
  return date?.getTime() ?? null;
}
