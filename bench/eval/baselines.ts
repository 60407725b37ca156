import { listOf, readRows, TEXT } from "#lib/db/rows.ts";
import { Prisma } from "#prisma/client/client.ts";

const K1 = 1.2;
const B = 0.75;

interface Turn {
  id: string;
  words: string[];
}

/** A conversation as plain BM25 sees it: each turn by itself, "Speaker: words", in stems without stop words. */
export class PlainBm25 {
  readonly #turns: Turn[];
  readonly #usual: number;
  readonly #in = new Map<string, number>();

  constructor(turns: Turn[]) {
    this.#turns = turns;
    this.#usual = turns.reduce((sum, { words }) => sum + words.length, 0) / Math.max(1, turns.length);
    for (const { words } of turns) for (const word of new Set(words)) this.#in.set(word, (this.#in.get(word) ?? 0) + 1);
  }

  /** The ids of the best turns, best first. */
  search(question: string[], limit: number): string[] {
    const scoreTurn = ({ words }: Turn) => {
      let sum = 0;
      for (const term of new Set(question)) {
        const times = words.filter((word) => word === term).length;
        const within = this.#in.get(term) ?? 0;
        const weight = Math.log(1 + (this.#turns.length - within + 0.5) / (within + 0.5));
        sum += (weight * times * (K1 + 1)) / (times + K1 * (1 - B + (B * words.length) / this.#usual));
      }
      return sum;
    };
    return this.#turns
      .map((turn, index) => ({ id: turn.id, score: scoreTurn(turn), index }))
      .sort((a, b) => b.score - a.score || a.index - b.index)
      .slice(0, limit)
      .map(({ id }) => id);
  }
}

/** The stems of many texts, as PostgreSQL makes them, in their order. */
export async function listStems(texts: string[]): Promise<string[][]> {
  const found = await readRows({ words: listOf(TEXT) })`
    SELECT ARRAY(SELECT lexeme FROM unnest(to_tsvector('english', text)) t, unnest(t.positions) ORDER BY unnest) AS words
    FROM unnest(${texts}::text[]) WITH ORDINALITY AS given (text, place) ORDER BY place`;
  return found.map(({ words }) => words);
}

/** PostgreSQL's own ranking of a person's messages: of any of the words, or of all of them as a web search asks. */
export async function searchWithPostgres(
  userUuid: string,
  question: string,
  mode: "any" | "all",
  limit: number,
): Promise<string[]> {
  const query =
    mode === "any" ? Prisma.sql`lethe_any_term(${question})` : Prisma.sql`websearch_to_tsquery('english', ${question})`;
  const words = Prisma.sql`to_tsvector('english', concat_ws(': ', role, content))`;
  const found = await readRows({ id: TEXT })`
    SELECT metadata->>'dia_id' AS id FROM messages
    WHERE user_uuid = ${userUuid}::uuid AND ${words} @@ ${query}
    ORDER BY ${mode === "any" ? Prisma.sql`ts_rank(${words}, ${query})` : Prisma.sql`ts_rank_cd(${words}, ${query})`} DESC, created_at LIMIT ${limit}`;
  return found.map(({ id }) => id);
}
