import { BOOLEAN, type RowReader, TEXT } from "#lib/db/rows.ts";
import { RELATED_WORDS } from "#lib/graph/search/related-words.ts";

/** A word of a question by the lexemes that stand for it, each with how much it counts, 0 to 1. */
export interface AskedTerm {
  term: string;
  /** How much of the question it is: a word that only frames it is less. */
  share: number;
  lexemes: ReadonlyMap<string, number>;
}

/** Words that frame a question and say little of what is asked. */
const FRAMING =
  "kind type sort way many much would could might may like likely still also current say tell mention describe discuss consider specific think thing happen particular certain along";
const SHARE_OF_FRAME = 0.4;

/**
 * The words of a question as the index has them, with related words and other forms.
 * @param aside the part of it that only says which time is meant: its words count for less.
 */
export async function listAskedTerms(read: RowReader, text: string, aside = ""): Promise<AskedTerm[]> {
  const [{ related, framing }, terms] = await Promise.all([
    getWordStems(read),
    read({ term: TEXT, isAside: BOOLEAN })`
      SELECT lexeme AS term, lexeme = ANY(tsvector_to_array(lethe_terms(${aside}))) AS "isAside"
      FROM unnest(lethe_terms(${text}))`,
  ]);
  return terms.map(({ term, isAside }) => ({
    term,
    share: isAside || framing.has(term) ? SHARE_OF_FRAME : 1,
    lexemes: new Map([...(related.get(term) ?? []), [term, 1]]),
  }));
}

interface WordStems {
  /** By the stem of a word, the stems of those that are related to it. */
  related: ReadonlyMap<string, ReadonlyMap<string, number>>;
  framing: ReadonlySet<string>;
}

let known: WordStems | undefined;

/** The stems of our own words are asked of the database's stemmer once. */
async function getWordStems(read: RowReader): Promise<WordStems> {
  known ??= await readWordStems(read);
  return known;
}

async function readWordStems(read: RowReader): Promise<WordStems> {
  const words = [...new Set([...RELATED_WORDS.flatMap(({ word, other }) => [word, other]), ...FRAMING.split(" ")])];
  const found = await read({ word: TEXT, stem: TEXT })`
    SELECT word, lethe_stem(word) AS stem FROM unnest(${words}::text[]) AS word WHERE lethe_stem(word) IS NOT NULL`;
  const stems = new Map(found.map(({ word, stem }) => [word, stem]));
  const related = new Map<string, Map<string, number>>();
  for (const { word, other, weight } of RELATED_WORDS) {
    const [from, to] = [stems.get(word), stems.get(other)];
    if (from === undefined || to === undefined || from === to) continue;
    const others = related.get(from) ?? new Map<string, number>();
    related.set(from, others.set(to, Math.max(weight, others.get(to) ?? 0)));
  }
  return { related, framing: new Set(FRAMING.split(" ").flatMap((word) => stems.get(word) ?? [])) };
}
