import type { Discourse } from "#lib/extraction/reader/discourse.ts";
import { listBases } from "#lib/extraction/reader/inflect.ts";
import { describePredicate } from "#lib/extraction/reader/predicate.ts";
import { findDependent, getWord, type Sentence } from "#lib/extraction/reader/sentence.ts";
import { isMakeOfDevice } from "#lib/extraction/reader/slots/places.ts";
import { readSlot } from "#lib/extraction/reader/slots/slots.ts";

/** "My asthma", "her diabetes": whose it is says who has it. */
export function readOwnCondition(sentence: Sentence, discourse: Discourse, at: number): void {
  if (
    findDependent(sentence, at, /^nmod:poss/) === undefined ||
    describePredicate(sentence, sentence.tokens[at]?.head ?? at).polarity === "negative"
  )
    return;
  const slot = readSlot(sentence, at, "condition");
  const owner = slot ? discourse.resolveOwner(sentence, at) : undefined;
  if (slot?.label && owner !== undefined)
    discourse.add({
      kind: "holds",
      name: "HAS_CONDITION",
      source: owner,
      object: { node: discourse.mention(slot.text, slot.label) },
    });
}

/** "My iron is low", "my insulin levels": of what is measured in the blood nothing is taken. */
function isLevel(sentence: Sentence, at: number): boolean {
  const { head = -1, relation = "" } = sentence.tokens[at] ?? {};
  const said = relation.startsWith("nsubj") ? getWord(sentence, head) : getWord(sentence, at + 1);
  return /^(?:low|lower|high|higher|normal|fine|ok|okay|levels?|deficiency|deficient|results?|tests?|resistance)$/.test(
    said,
  );
}

const GIVEN_UP =
  /^(?:have|own|want|swap|switch|stop|quit|replace|change|drop|end|ditch|trade|exchange|lose|sell|break|miss)$/;

/** "My Pixel 6a", "my methotrexate": whose it is says who has and who takes it. */
export function readOwnDevice(sentence: Sentence, discourse: Discourse, at: number): void {
  const owner = getWord(sentence, findDependent(sentence, at, /^nmod:poss/) ?? -1);
  if (owner !== "my") return;
  const medicine = readSlot(sentence, at, "medicine");
  const verb = listBases(getWord(sentence, sentence.tokens[at]?.head ?? -1));
  if (verb.some((base) => GIVEN_UP.test(base)) || isLevel(sentence, at)) return;
  const device = readSlot(sentence, at, "device");
  const slot = medicine ?? (device && isMakeOfDevice(device.text) ? device : null);
  if (!slot?.label || discourse.facts.some(({ target }) => target === slot.text)) return;
  const object = { node: discourse.mention(slot.text, slot.label) };
  discourse.add({ kind: "holds", name: medicine ? "TAKES" : "HAS_DEVICE", source: discourse.speaker, object });
}
