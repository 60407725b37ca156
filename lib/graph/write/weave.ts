import type { FactExtractor } from "#lib/graph/terms.ts";
import { listWords } from "#lib/graph/write/meant.ts";
import { deriveUuid } from "#lib/uuid.ts";
import { type Metadata, mergeMetadata, metadataSchema } from "#lib/validation.ts";

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

/** A fact in the making. */
interface FactDraft {
  claims: [Claim, ...Claim[]];
  start: number;
  end: number | null;
  /** It came with both its ends, or is known by its end alone. */
  closed: boolean;
  endedBy: FactDraft | null;
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
      thread.claims.every((told) => !isUndatedClaim(told) && told.kind === "holds" && told.saidAt > claim.saidAt),
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

function isDenial({ name }: Claim): boolean {
  return name.startsWith("NOT_");
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
 * Ends the running fact of the same value, or confirms that it is over. An end without any known fact becomes a fact that is
 * over.
 */
function applyEnd(threads: FactDraft[], claim: Claim, at: number): void {
  const alike = listMeant(threads, claim);
  const running = alike.filter((thread) => isEndedBy(thread, claim, at));
  for (const thread of running) endDraft(threads, thread, at);
  const meant = running[0] ?? alike.at(-1);
  if (meant && claim.invalidAt && isKnownByEnd(meant)) Object.assign(meant, { start: at, end: at });
  if (meant) meant.claims.push(claim);
  else threads.push({ claims: [claim], start: at, end: at, closed: true, endedBy: null });
}

/** Ends what runs of the same value, or of any where the sentence leaves its object open; makes no fact. */
function applyClosing(threads: FactDraft[], claim: Claim, at: number): void {
  const isOpen = claim.sourceUuid === claim.targetUuid && claim.fact.includes("{object}");
  for (const thread of isOpen ? threads : listMeant(threads, claim)) {
    // "I quit my job in March and joined Acme" leaves Acme.
    if (isOpen && thread.claims.some(({ seq }) => seq === claim.seq)) continue;
    if (isDenial(thread.claims[0])) continue;
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
  const longer = threads.filter(({ claims: [first] }) => {
    const whole = new Set(listWords(readValue(first)));
    return first.targetUuid === claim.targetUuid && words.every((word) => whole.has(word));
  });
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

/** Nobody said since when it holds: it has no date, or that of its telling. */
function isUndatedClaim({ validAt, saidAt }: Claim): boolean {
  return validAt === null || validAt.getTime() === saidAt.getTime();
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
function applyEndByHand(threads: FactDraft[], claim: Claim, at: number): void {
  const meant = threads.filter(({ claims: [first] }) => first.identity === claim.identity);
  const thread =
    meant.find((one) => isRunningAt(one, at)) ??
    meant.find((one) => one.start > at && one.claims.every(({ validAt }) => validAt === null));
  if (!thread) return;
  thread.start = Math.min(thread.start, at);
  thread.claims.push(claim);
  closeDraft(thread, at, null);
}

function closeDraft(thread: FactDraft, at: number, by: FactDraft | null): void {
  thread.end = at;
  thread.endedBy = by;
}

function isRunningAt(thread: FactDraft, at: number): boolean {
  return thread.start <= at && (thread.end === null || thread.end > at);
}

/** Another value: of another thing, or said of the same thing in other words where the words are all there is. */
function isOfOtherValue(thread: FactDraft, claim: Claim): boolean {
  const [first] = thread.claims;
  if (first.targetUuid !== claim.targetUuid) return true;
  return claim.sourceUuid === claim.targetUuid && first.identity !== claim.identity;
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
  const strongest = claims.reduce((best, claim) => (claim.confidence > best.confidence ? claim : best), first);
  return {
    uuid: names.get(thread) ?? first.uuid,
    claims: claims.map((claim) => claim.uuid),
    sourceUuid: first.sourceUuid,
    targetUuid: first.targetUuid,
    name: first.name,
    fact: first.fact,
    validAt,
    invalidAt: thread.end === null ? null : new Date(Math.max(thread.end, validAt?.getTime() ?? thread.end)),
    expiredAt: claims.reduce<Date | null>((told, claim) => claim.expiredAt ?? told, null),
    confidence: strongest.confidence,
    extractor: strongest.extractor,
    attributes: claims.reduce<Metadata>((merged, claim) => mergeMetadata(merged, parseAttributes(claim)), {}),
    supersededBy: (endedBy && names.get(endedBy)) ?? null,
    saidAt: first.saidAt,
  };
}

function parseAttributes({ attributes }: Claim): Metadata {
  return metadataSchema.catch({}).parse(attributes);
}

function findEarliestStart(claims: readonly Claim[]): Date | null {
  const known = claims.flatMap(({ validAt }) => validAt?.getTime() ?? []);
  return known.length > 0 ? new Date(Math.min(...known)) : null;
}

function toMilliseconds(date: Date | null): number | null {
  return date?.getTime() ?? null;
}
