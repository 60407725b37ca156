import {
  findDependent,
  getMarker,
  getRelation,
  getWord,
  isInTime,
  listDependents,
  type Sentence,
} from "#lib/extraction/reader/sentence.ts";

/** Who "died laughing", "on stage" or "in the first round" is alive. */
export function diesInEarnest(sentence: Sentence, at: number): boolean {
  return listDependents(sentence, at, /^(?:obl|nmod|xcomp|advcl|obj)/).every((place) => {
    // "He died, he was 91": a clause of its own.
    const isClause = findDependent(sentence, place, /^nsubj/) !== undefined;
    if (isClause || (getRelation(sentence, place).startsWith("advcl") && sentence.tokens[place]?.xpos !== "VBG"))
      return true;
    const marker = getMarker(sentence, place);
    const isOfDeath =
      /^(?:of|from|after|aged|before|since|when)$/.test(marker) || PLACES_OF_DEATH.test(getWord(sentence, place));
    return (
      isInTime(sentence, place) ||
      isOfDeath ||
      /^(?:year|month|week|day|night|morning)s?$/.test(getWord(sentence, place))
    );
  });
}

const PLACES_OF_DEATH =
  /^(?:hospital|hospice|sleep|home|house|accident|crash|fire|war|arms|car|bed|peace|surgery|childbirth|age|road|care|me|us)$/;
const CAUSES =
  /^(?:cancer|covid|stroke|heart|leukemia|leukaemia|illness|disease|suicide|accident|war|age|dementia|flu|pneumonia|overdose|sepsis|aids|tumou?r|attack)$/;

/** "I lost Gerald in December", "to cancer"; not "at the park" and not "in the crowd". */
export function isByDeath(sentence: Sentence, at: number): boolean {
  return listDependents(sentence, at).every((place) => {
    const marker = getMarker(sentence, place);
    return (
      /^(?:nsubj|obj|aux|punct|conj|cc|parataxis)/.test(getRelation(sentence, place)) ||
      isInTime(sentence, place) ||
      (marker === "to" && CAUSES.test(getWord(sentence, place)))
    );
  });
}
