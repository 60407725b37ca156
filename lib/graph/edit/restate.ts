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
import { isInSingleValuedSlot, SAID } from "#lib/relations.ts";
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
    const { invalidAt, expiredAt } = await findStatedTimes(tx, locked.graph, uuid);
    refuseBackwardsInterval(since, invalidAt);
    const { edit } = await replaceClaims(tx, locked, async (episodeUuid) => ({
      ...(await sayInForm(tx, locked, episodeUuid, words)),
      ...{ validAt: since, invalidAt, expiredAt, edgeUuid: deriveUuid(episodeUuid, "fact") },
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
  if (!restated)
    throw makeFormError(
      `Keep the form “${showForm(form, source?.name ?? "…")}”. Where another kind of thing is so, say that this was never so.`,
    );
  const findNode = async (named: string, known: typeof source, place: string) =>
    known?.name.toLowerCase() === named.toLowerCase()
      ? known.uuid
      : findOrMakeNode(tx, graph, { name: named, labels: known?.labels }, deriveUuid(episodeUuid, place), "fact");
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

function makeFormError(message: string): AppError {
  return new AppError("invalid", message, { fact: message });
}
