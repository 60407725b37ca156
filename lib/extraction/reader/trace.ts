import { keepWhatIsMeant } from "#lib/extraction/gates/earnest.ts";
import { findForeignLanguage } from "#lib/extraction/gates/language.ts";
import { keepOwnWords } from "#lib/extraction/gates/own-words.ts";
import { blankWithheld } from "#lib/extraction/gates/withheld.ts";
import { Discourse } from "#lib/extraction/reader/discourse.ts";
import { listObjects } from "#lib/extraction/reader/objects.ts";
import { describePredicate } from "#lib/extraction/reader/predicate.ts";
import { quoteStatements } from "#lib/extraction/reader/quote.ts";
import { matchRules } from "#lib/extraction/reader/rules.ts";
import type { Sentence } from "#lib/extraction/reader/sentence.ts";
import { listSentences, readSentences, recallReferents } from "#lib/extraction/reader/speech.ts";
import type { SentenceTrace, Verdict } from "#lib/extraction/reader/terms.ts";
import type { EpisodeText, FoundFact, Setting } from "#lib/extraction/schema.ts";
import { renderTemplate } from "#lib/relations.ts";

/**
 * Tells sentence by sentence how a text is read: whose words they are, whether they are meant, what is known by them, which
 * relations were seen and refused because they are not stated, and whether the sentence is quoted. It reads as `readSpeech`
 * does, and keeps nothing.
 */
export function traceSpeech(episode: EpisodeText, setting: Setting): SentenceTrace[] {
  const original = episode.content;
  const own = keepOwnWords(original);
  const kept = blankWithheld(own);
  const meant = keepWhatIsMeant(own);
  const language = findForeignLanguage(own);
  const discourse = new Discourse(episode, setting);
  if (language === null) recallReferents(episode, discourse);
  const read = listSentences(meant, episode);
  return listSentences(original, episode).map((sentence): SentenceTrace => {
    const [from, to] = spanOf(sentence);
    const trace = { words: original.slice(from, to), facts: [], refused: [], isQuoted: false };
    if (episode.speaker.kind === "machine") return { ...trace, verdict: "machine" };
    if (language !== null) return { ...trace, verdict: "foreign" };
    const verdict = judgeStretch({ own, kept, meant }, from, to);
    if (verdict !== "read") return { ...trace, verdict };
    const inside = read.filter((each) => spanOf(each)[0] >= from && spanOf(each)[0] < to);
    const before = discourse.facts.length;
    readSentences(inside, discourse);
    const facts = discourse.facts.slice(before).map((fact) => tellFact(fact, setting));
    return {
      ...trace,
      verdict,
      facts,
      refused: listRefused(inside, episode, setting),
      isQuoted: isQuoted(inside, original, episode, setting),
    };
  });
}

function spanOf({ tokens }: Sentence): [from: number, to: number] {
  return [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0];
}

/** What the gates left of a stretch: the first that blanked it all has the say. */
function judgeStretch(
  { own, kept, meant }: { own: string; kept: string; meant: string },
  from: number,
  to: number,
): Verdict {
  const isBlank = (text: string) => text.slice(from, to).trim() === "";
  if (isBlank(own)) return "others";
  if (isBlank(kept)) return "withheld";
  return isBlank(meant) ? "unmeant" : "read";
}

function tellFact({ fact, source, target, name }: FoundFact, { person }: Setting): string {
  const self = person?.names[0] ?? "";
  return `${renderTemplate(fact, source ?? self, target ?? self)}${/^\W*$/.test(fact) ? name : ""}`;
}

/** The relations whose pattern and object fit, where the sentence does not state that it is so. */
function listRefused(sentences: readonly Sentence[], episode: EpisodeText, setting: Setting): string[] {
  const refused = sentences.flatMap((sentence) =>
    [...sentence.tokens.keys()].flatMap((at) => {
      const matches = matchRules(sentence, at);
      const predication = matches.length > 0 ? describePredicate(sentence, at) : null;
      if (!predication || predication.isReal) return [];
      return matches.flatMap(({ rule, match: { object } }) => {
        const found = { rule, object, at, subject: null, predication };
        return listObjects(sentence, new Discourse(episode, setting), found).length > 0 ? [rule.relation] : [];
      });
    }),
  );
  return [...new Set(refused)];
}

function isQuoted(sentences: readonly Sentence[], original: string, episode: EpisodeText, setting: Setting): boolean {
  const quoting = new Discourse(episode, setting);
  quoteStatements(sentences, original, quoting);
  return quoting.facts.length > 0;
}
