import { derivedUuid } from "#lib/uuid.ts";
import { type Metadata, mergeMetadata, metadataSchema } from "#lib/validation.ts";

/** What one episode says for a fact or of its end, as it is stored. */
export interface Claim {
  uuid: string;
  /** Its place among the claims of its episode. */
  ordinal: number;
  /** The fact it went into so far, or is to go into. */
  edgeUuid: string | null;
  kind: "holds" | "ends";
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
  extractor: "rules" | "model" | "stated";
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
 * Works the facts of one slot out of all its claims. The same claims give the same facts in whatever order they came: what
 * counts is when they were said and of when they speak. A claim that holds begins a fact or supports one that runs; one
 * with both ends is a fact of its own; one that ends closes what runs; where one holds at a time, the next closes the one
 * before, as what is denied closes what was so (the arithmetic of Graphiti's `resolve_edge_contradictions`: intervals that do not overlap leave each other alone).
 * An end by hand is of one fact, and makes none where that is gone. @param taken names that are other facts'; the names
 * given here are added.
 */
export function weave(claims: readonly Claim[], taken: Set<string> = new Set()): Woven[] {
  const threads: Thread[] = [];
  const byHand = claims.filter(({ kind, extractor }) => kind === "ends" && extractor === "stated");
  const knots = claims.filter((claim) => !byHand.includes(claim)).map((claim) => ({ claim, start: startOf(claim) }));
  knots.sort((a, b) => a.start - b.start || bySaying(a.claim, b.claim));
  for (const { claim, start } of knots) {
    if (claim.kind === "ends") end(threads, claim, start);
    else hold(threads, claim, start);
  }
  for (const claim of byHand.toSorted(bySaying)) endByHand(threads, claim, startOf(claim));
  const names = namesOf(threads, taken);
  return threads.map((thread) => finish(thread, names));
}

/** A fact in the making. */
interface Thread {
  claims: [Claim, ...Claim[]];
  start: number;
  end: number | null;
  /** It came with both its ends, or is known by its end alone. */
  closed: boolean;
  endedBy: Thread | null;
}

/** Of when a claim speaks. One of which only the end is known cannot begin after it. */
function startOf({ kind, validAt, invalidAt, saidAt }: Claim): number {
  if (kind === "ends") return (invalidAt ?? saidAt).getTime();
  if (validAt) return validAt.getTime();
  return Math.min(saidAt.getTime(), invalidAt?.getTime() ?? Number.POSITIVE_INFINITY);
}

/** What is said at the same time counts in the order of its arrival. */
function bySaying(a: Claim, b: Claim): number {
  return a.saidAt.getTime() - b.saidAt.getTime() || Number(a.seq - b.seq) || a.ordinal - b.ordinal;
}

function hold(threads: Thread[], claim: Claim, start: number): void {
  const { validAt, invalidAt } = claim;
  const closed = validAt !== null && invalidAt !== null;
  const told = invalidAt?.getTime() ?? null;
  const running = threads.find((thread) => repeats(thread, claim, closed) || joins(thread, claim, closed, start));
  const undone = running ? undefined : threads.find((thread) => isUndone(thread, claim, start));
  const thread: Thread = running ?? undone ?? { claims: [claim], start, end: told, closed, endedBy: null };
  if (undone) Object.assign(undone, { end: told, endedBy: null });
  if (running && told !== null) running.end = Math.max(told, running.start);
  if (running ?? undone) thread.claims.push(claim);
  else threads.push(thread);
  if (running) return;
  for (const other of threads)
    if (other !== thread && opposes(other, claim) && runsAt(other, start)) close(other, start, thread);
}

/** What was said and unsaid in one moment, and is said again in it. */
function isUndone(thread: Thread, claim: Claim, start: number): boolean {
  return (
    thread.claims[0].identity === claim.identity &&
    thread.endedBy !== null &&
    thread.start === start &&
    thread.end === start
  );
}

/** Whether a claim is not so while the thread is: another value where one holds at a time, or the denial of the same one. */
function opposes(thread: Thread, claim: Claim): boolean {
  const [first] = thread.claims;
  if (claim.single && differs(thread, claim)) return true;
  return (
    claim.sourceUuid !== claim.targetUuid &&
    first.targetUuid === claim.targetUuid &&
    isDenial(first) !== isDenial(claim)
  );
}

function isDenial({ name }: Claim): boolean {
  return name.startsWith("NOT_");
}

/** A claim with both ends says the same only of the very same stretch of time, or tells the end of what began just then. */
function repeats(thread: Thread, claim: Claim, closed: boolean): boolean {
  const [first] = thread.claims;
  const overAlike = claim.validAt === null && claim.invalidAt !== null && thread.end === time(claim.invalidAt);
  if (overAlike && first.identity === claim.identity && first.validAt === null) return true;
  if (!closed || first.identity !== claim.identity || time(first.validAt) !== time(claim.validAt)) return false;
  return thread.end === null || thread.end === time(claim.invalidAt);
}

/** A claim without both ends says again what runs at its time. */
function joins(thread: Thread, claim: Claim, closed: boolean, start: number): boolean {
  return !closed && !thread.closed && thread.claims[0].identity === claim.identity && runsAt(thread, start);
}

/** Ends what runs of the same value, or repeats that it is over; an end of which nothing else is known is a fact that is over. */
function end(threads: Thread[], claim: Claim, at: number): void {
  const alike = threads.filter((thread) => !differs(thread, claim));
  const running = alike.filter((thread) => runsAt(thread, at));
  for (const thread of running) close(thread, at, null);
  const meant = running[0] ?? alike.at(-1);
  if (meant) meant.claims.push(claim);
  else threads.push({ claims: [claim], start: at, end: at, closed: true, endedBy: null });
}

/** Someone ended this one fact: where it ran then, or wherever it stands when nobody knows since when it ran. */
function endByHand(threads: Thread[], claim: Claim, at: number): void {
  const meant = threads.filter(({ claims: [first] }) => first.identity === claim.identity);
  const thread =
    meant.find((one) => runsAt(one, at)) ??
    meant.find((one) => one.start > at && one.claims.every(({ validAt }) => validAt === null));
  if (!thread) return;
  thread.start = Math.min(thread.start, at);
  thread.claims.push(claim);
  close(thread, at, null);
}

function close(thread: Thread, at: number, by: Thread | null): void {
  thread.end = at;
  thread.endedBy = by;
}

function runsAt(thread: Thread, at: number): boolean {
  return thread.start <= at && (thread.end === null || thread.end > at);
}

/** Another value: of another thing, or said of the same thing in other words where the words are all there is. */
function differs(thread: Thread, claim: Claim): boolean {
  const [first] = thread.claims;
  if (first.targetUuid !== claim.targetUuid) return true;
  return claim.sourceUuid === claim.targetUuid && first.identity !== claim.identity;
}

/**
 * Each thread keeps the uuid of the fact that its claims were in, the one that holds the claim it was named after before
 * others; a new one is named after one of its claims.
 */
function namesOf(threads: Thread[], taken: Set<string>): Map<Thread, string> {
  const names = new Map<Thread, string>();
  const give = (thread: Thread, candidates: string[]) => {
    const uuid = candidates.find((name) => !taken.has(name));
    if (!uuid || names.has(thread)) return;
    taken.add(uuid);
    names.set(thread, uuid);
  };
  const known = ({ claims }: Thread) => claims.flatMap(({ edgeUuid }) => edgeUuid ?? []);
  for (const thread of threads)
    give(
      thread,
      known(thread).filter((uuid) => thread.claims.some((claim) => claim.uuid === uuid)),
    );
  for (const thread of threads) give(thread, known(thread));
  for (const thread of threads) {
    const own = thread.claims.map(({ uuid }) => uuid);
    give(thread, [
      ...own,
      ...Array.from({ length: taken.size + 1 }, (_, number) => derivedUuid(thread.claims[0].uuid, `fact ${number}`)),
    ]);
  }
  return names;
}

function finish(thread: Thread, names: Map<Thread, string>): Woven {
  const { claims, endedBy } = thread;
  const holding = claims.filter(({ kind }) => kind === "holds");
  const [first = claims[0]] = holding;
  const validAt = earliest(holding);
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
    attributes: claims.reduce<Metadata>((merged, claim) => mergeMetadata(merged, metadataOf(claim)), {}),
    supersededBy: (endedBy && names.get(endedBy)) ?? null,
    saidAt: first.saidAt,
  };
}

function metadataOf({ attributes }: Claim): Metadata {
  return metadataSchema.catch({}).parse(attributes);
}

function earliest(claims: readonly Claim[]): Date | null {
  const known = claims.flatMap(({ validAt }) => validAt?.getTime() ?? []);
  return known.length > 0 ? new Date(Math.min(...known)) : null;
}

function time(date: Date | null): number | null {
  return date?.getTime() ?? null;
}
