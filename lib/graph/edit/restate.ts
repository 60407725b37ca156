import type { Actor } from "#lib/auth/actor.ts";
import { authorize } from "#lib/auth/permissions.ts";
import { runInTransaction, type Tx } from "#lib/db/client.ts";
import { ofGraph } from "#lib/db/scope.ts";
import { AppError } from "#lib/errors.ts";
import { refuseBackwardsInterval } from "#lib/graph/edit/checks.ts";
import { findStatedTimes, type LockedFact, lockFact, replaceClaims, type Says } from "#lib/graph/edit/correct.ts";
import { readRestated, replaceValue, showForm } from "#lib/graph/edit/sentence-form.ts";
import { findOrMakeNode } from "#lib/graph/edit/stated-node.ts";
import { recordGraphEvent } from "#lib/graph/note.ts";
import type { ObjectKind } from "#lib/relations/relation.ts";
import { findRelation, isInSingleValuedSlot, SAID } from "#lib/relations.ts";
import { maskSecrets } from "#lib/secrets.ts";
import { deriveUuid } from "#lib/uuid.ts";
import { mergeMetadata } from "#lib/validation.ts";

/**
 * Says in the form of a fact what is so in its place: "Ana works at Globex" for "Ana works at Acme". Whom and what it names are
 * found or made, and the fact is theirs from then on. A fact without a form, in an application's own words, changes its words.
 * @param since when it began, where that is known: when the wrong one began says nothing of it. @returns the edit's uuid.
 * @throws AppError `not_found`; `invalid` for a sentence of another form, and for a beginning behind the fact's end.
 */
export async function restateFact(actor: Actor, uuid: string, words: string, since: Date | null): Promise<string> {
  authorize(actor, "graph:write");
  return runInTransaction(async (tx) => {
    const locked = await lockFact(tx, actor, uuid);
    if (locked.row.name === SAID) throw makeFormError("What was said stays as it was said.");
    // What is over stays over, whether somebody said so or another fact took its place.
    const { invalidAt, expiredAt, slot } = locked.row;
    refuseBackwardsInterval(since, invalidAt);
    const current = { OR: [{ invalidAt: null }, { invalidAt: { gt: new Date() } }] };
    const beside = await tx.edge.count({ where: { ...ofGraph(locked.graph), slot, NOT: { uuid }, ...current } });
    // Without a day of its own it holds from when the wrong one was told: what that had ended ended no later.
    const { saidAt } = await findStatedTimes(tx, locked.graph, uuid);
    const { edit } = await replaceClaims(tx, locked, async (episodeUuid) => ({
      ...(await sayInForm(tx, locked, episodeUuid, words)),
      ...{ validAt: since, invalidAt, expiredAt, saidAt, edgeUuid: uuid },
      // One of several, or one of before, takes the place of no other.
      ...(beside > 0 ? { kind: "adds" as const } : {}),
    }));
    await recordGraphEvent(tx, actor, locked.graph, "fact.updated", { fields: ["fact"], relation: locked.row.name });
    return edit;
  });
}

async function sayInForm(
  tx: Tx,
  { graph, row }: LockedFact,
  episodeUuid: string,
  words: string,
): Promise<Omit<Says, "validAt" | "invalidAt">> {
  const { name, template, sourceUuid, targetUuid } = row;
  const same = { name, single: isInSingleValuedSlot(row), attributes: mergeMetadata(row.attributes, {}) };
  if (template === null) return { ...same, fact: words, sourceUuid, targetUuid };
  const nodes = await tx.node.findMany({ where: { ...ofGraph(graph), uuid: { in: [sourceUuid, targetUuid] } } });
  const [source, target] = [sourceUuid, targetUuid].map((node) => nodes.find((known) => known.uuid === node));
  const isOfOne = sourceUuid === targetUuid;
  const value = same.attributes.value;
  const form = { template, value: isOfOne && typeof value === "string" ? value : null };
  const restated = readRestated(form, words);
  const shown = showForm(form, source?.name ?? "…");
  if (!restated)
    throw makeFormError(`Keep the form “${shown}”. Where another kind of thing is so, say that this was never so.`);
  refuseOddObject(name, restated.object, shown);
  const findNode = async (named: string, known: typeof source, place: string) =>
    known && isSameName(named, known.name)
      ? known.uuid
      : findOrMakeNode(tx, graph, { name: named, labels: known?.labels }, deriveUuid(episodeUuid, place), "fact");
  if (!isSameName(restated.subject, source?.name ?? "")) refuseOddSubject(restated.subject, source?.name ?? "", shown);
  const subject = await findNode(restated.subject, source, "source");
  if (isOfOne && restated.object !== null)
    return {
      ...same,
      fact: replaceValue(form, restated.object),
      attributes: { ...same.attributes, value: restated.object },
      ...{ sourceUuid: subject, targetUuid: subject },
    };
  const object = restated.object === null ? subject : await findNode(restated.object, target, "target");
  return { ...same, fact: template, sourceUuid: subject, targetUuid: object };
}

/** "Jane" is Jane Doe, whose fact it is. */
function isSameName(named: string, known: string): boolean {
  const [one, other] = [named, known].map((name) => name.toLowerCase());
  return one === other || one === other?.split(" ")[0];
}

const NAME = /^\p{Lu}[\p{L}\p{M}.'’-]*(?: \p{Lu}[\p{L}\p{M}.'’-]*){0,3}$/u;

/** Somebody else has to be called by a name: "Jane Doe no longer" is nobody. @throws AppError `invalid`. */
function refuseOddSubject(named: string, known: string, form: string): void {
  if (!NAME.test(named) || named.toLowerCase().startsWith(`${known.toLowerCase()} `))
    throw makeFormError(`“${named}” is no name. Keep the form “${form}”, or say that this was never so.`);
}

const VALUES: Readonly<Partial<Record<ObjectKind, { form: RegExp; reason: string }>>> = {
  age: { form: /^(?:[1-9]?\d|1[0-3]\d)$/, reason: "An age is a number of years." },
  email: { form: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, reason: "This is no e-mail address." },
};
const TELLS_TIME = /\b(?:until|till|since|no longer|any ?more|used to|not)\b/i;

/** @throws AppError `invalid` for what cannot stand as an object: days, secrets, or another kind of value. */
function refuseOddObject(relation: string, object: string | null, form: string): void {
  if (object === null) return;
  const { form: fits, reason = "" } = VALUES[findRelation(relation)?.object ?? "nothing"] ?? {};
  if (!/[\p{L}\p{N}]/u.test(object) || /[{}]|\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u.test(object))
    throw makeFormError(`Write words or numbers behind “${form}”.`);
  if (TELLS_TIME.test(object))
    throw makeFormError("Say what is so; since when has a field of its own, and an end as well.");
  if (maskSecrets(object) !== object) throw makeFormError("This looks like a secret, and none is ever remembered.");
  if (fits && !fits.test(object)) throw makeFormError(reason);
}

function makeFormError(message: string): AppError {
  return new AppError("invalid", message, { fact: message });
}
