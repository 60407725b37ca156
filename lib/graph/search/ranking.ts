import { inGraph, inProject, sameProject } from "#lib/db/scope.ts";
import type { GraphKey } from "#lib/graph/schema.ts";
import type { Question } from "#lib/graph/search/question.ts";
import { Prisma } from "#prisma/client/client.ts";

/** Okapi BM25's saturation and its weight of length (Robertson and Zaragoza, 2009). */
const K1 = Prisma.sql`1.2`;
const B = Prisma.sql`0.75`;

/** What a turn takes of those around it in its conversation: what it answers stands before it, and what it is about. */
const AROUND = Prisma.sql`(VALUES (0, 1.0), (-1, 0.8), (-2, 0.6), (-3, 0.4), (-4, 0.2), (1, 0.5), (2, 0.25)) AS around (step, weight)`;
const AROUND_TOTAL = Prisma.sql`3.75`;
/** A turn that may answer the question before it takes more of that one. */
const ANSWERS = Prisma.sql`1.2`;
/** What the best fact that rests on a turn adds to it. */
const FACT = Prisma.sql`0.5`;
/** What is said by whom the question names, or dated when it asks for a time, counts for more. */
const FITS = Prisma.sql`1.2`;

/**
 * The words of a question as `asked (term, lexeme)`: each term with the lexemes that stand for it. `any_term` is the query
 * that finds what has one of them.
 */
export function selectAskedWords({ text, forms }: Question): Prisma.Sql {
  const [words, others] = [forms.map(([word]) => word), forms.map(([, form]) => form)];
  return Prisma.sql`
    terms AS MATERIALIZED (SELECT lexeme AS term FROM unnest(lethe_terms(${text}))),
    asked AS MATERIALIZED (
      SELECT term, term AS lexeme FROM terms
      UNION
      SELECT term, lethe_stem(form) FROM unnest(${words}::text[], ${others}::text[]) AS forms (word, form) JOIN terms ON term = lethe_stem(word)
    ),
    any_term AS MATERIALIZED (
      SELECT coalesce(string_agg('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''', ' | '), '')::tsquery AS query FROM asked
    )`;
}

/**
 * `fact_scores (uuid, score)`: the facts of a graph that contain a question's words, by BM25. Needs `selectAskedWords`
 * before it.
 */
export function selectFactScores(graph: GraphKey): Prisma.Sql {
  const own = inGraph(graph);
  return Prisma.sql`
    fact_stats AS MATERIALIZED (
      SELECT count(*)::float8 AS n, greatest(avg(length(terms)), 1)::float8 AS usual FROM edges WHERE ${own}
    ),
    fact_hits AS MATERIALIZED (
      SELECT e.uuid, length(e.terms) AS words, asked.term, sum(cardinality(t.positions))::float8 AS times
      FROM edges e, any_term, unnest(e.terms) t JOIN asked ON asked.lexeme = t.lexeme
      WHERE ${inGraph(graph, "e")} AND e.terms @@ any_term.query
      GROUP BY e.uuid, e.terms, asked.term
    ),
    fact_weights AS MATERIALIZED (
      SELECT term, ln(1 + (n - count(*) + 0.5) / (count(*) + 0.5)) AS weight FROM fact_hits, fact_stats GROUP BY term, n
    ),
    fact_scores AS MATERIALIZED (
      SELECT uuid, sum(weight * times * (${K1} + 1) / (times + ${K1} * (1 - ${B} + ${B} * words / usual)))::float8 AS score
      FROM fact_hits JOIN fact_weights USING (term), fact_stats GROUP BY uuid
    )`;
}

/**
 * `episode_scores (uuid, score)`: the episodes of a graph that answer a question, by BM25 over each turn together with those
 * around it, the best fact that rests on it, and whether speaker and time fit. Needs `selectAskedWords` and
 * `selectFactScores` before it. The weights were set on two conversations (LoCoMo 26 and 30) and checked on others with `npm
 * run eval`.
 */
export function selectEpisodeScores(graph: GraphKey, question: Question): Prisma.Sql {
  const { speaker } = question;
  const isSpeaker = Prisma.sql`m.role = ${speaker?.name ?? null} OR (${speaker?.isPerson ?? false} AND m.role IS NULL AND m.role_type = 'user')`;
  const own = inGraph(graph);
  return Prisma.sql`
    stats AS MATERIALIZED (
      SELECT count(*)::float8 AS n, greatest(avg(words), 1)::float8 AS usual FROM episodes WHERE ${own} AND terms IS NOT NULL
    ),
    hits AS MATERIALIZED (
      SELECT e.uuid, e.session_uuid, e.place, e.asks, asked.term, sum(cardinality(t.positions))::float8 AS times
      FROM episodes e, any_term, unnest(e.terms) t JOIN asked ON asked.lexeme = t.lexeme
      WHERE ${inGraph(graph, "e")} AND e.terms @@ any_term.query
      GROUP BY e.uuid, e.session_uuid, e.place, e.asks, asked.term
    ),
    weights AS MATERIALIZED (
      SELECT term, ln(1 + (n - count(*) + 0.5) / (count(*) + 0.5)) AS weight FROM hits, stats GROUP BY term, n
    ),
    spread AS MATERIALIZED (
      SELECT near.uuid, hits.term, sum(hits.times * CASE WHEN step = -1 AND hits.asks THEN ${ANSWERS} ELSE weight END)::float8 AS times
      FROM hits, ${AROUND}, LATERAL (
        SELECT n.uuid FROM episodes n
        WHERE ${inProject(graph, "n")} AND n.session_uuid = hits.session_uuid AND n.place = hits.place - step
      ) near WHERE hits.place IS NOT NULL GROUP BY near.uuid, hits.term
      UNION ALL
      SELECT uuid, term, times FROM hits WHERE place IS NULL
    ),
    lengths AS MATERIALIZED (
      SELECT e.uuid, CASE WHEN e.place IS NULL THEN e.words / usual ELSE (
          SELECT sum(n.words * weight) FROM ${AROUND} JOIN episodes n ON ${sameProject("n", "e")}
            AND n.session_uuid = e.session_uuid AND n.place = e.place + step) / (usual * ${AROUND_TOTAL}) END AS length
      FROM (SELECT DISTINCT uuid FROM spread) reached JOIN episodes e ON ${inGraph(graph, "e")}
        AND e.uuid = reached.uuid, stats
    ),
    told AS MATERIALIZED (
      SELECT uuid, sum(weight * times * (${K1} + 1) / (times + ${K1} * (1 - ${B} + ${B} * length)))::float8 AS score
      FROM spread JOIN weights USING (term) JOIN lengths USING (uuid) GROUP BY uuid
    ),
    known AS MATERIALIZED (
      SELECT c.episode_uuid AS uuid, max(f.score) AS score FROM fact_scores f JOIN claims c ON ${inGraph(graph, "c")}
        AND c.edge_uuid = f.uuid GROUP BY c.episode_uuid
    ),
    episode_scores AS MATERIALIZED (
      SELECT e.uuid, (told.score + ${FACT} * coalesce(known.score, 0))
        * CASE WHEN ${isSpeaker} THEN ${FITS} ELSE 1 END
        * CASE WHEN ${question.asksWhen} AND e.dated THEN ${FITS} ELSE 1 END
        * ${weighTimeFit(question)} AS score
      FROM told JOIN episodes e ON ${inGraph(graph, "e")} AND e.uuid = told.uuid
        LEFT JOIN known ON known.uuid = e.uuid
        LEFT JOIN messages m ON ${sameProject("m", "e")} AND m.uuid = e.message_uuid
    )`;
}

/** `node_scores (uuid, score)`: ts_rank without length normalisation (it hurts recall), brought to 0…1. */
export function selectNodeScores(graph: GraphKey, query: string): Prisma.Sql {
  const terms = Prisma.sql`lethe_terms(n.name || ' ' || n.summary)`;
  return Prisma.sql`node_scores AS MATERIALIZED (
    SELECT n.uuid, ts_rank(${terms}, lethe_any_term(${query}), 32)::float8 AS score FROM nodes n
    WHERE ${inGraph(graph, "n")} AND ${terms} @@ lethe_any_term(${query}))`;
}

/** What was said in the month that a question names, or told of it soon after, counts for more. */
function weighTimeFit({ month }: Question): Prisma.Sql {
  if (!month) return Prisma.sql`1`;
  const { month: named, day, year } = month;
  const extractDatePart = (field: string) => Prisma.sql`date_part(${field}, e.created_at AT TIME ZONE 'UTC')`;
  const later = named === 12 ? 1 : named + 1;
  const matchYear = (of: number | null) =>
    of === null ? Prisma.sql`TRUE` : Prisma.sql`${extractDatePart("year")} = ${of}`;
  const then = Prisma.sql`${extractDatePart("month")} = ${named} AND ${matchYear(year)}`;
  const soonAfter = Prisma.sql`${extractDatePart("month")} = ${later} AND ${matchYear(year && year + (named === 12 ? 1 : 0))} AND ${extractDatePart("day")} <= 10`;
  if (day === null) return Prisma.sql`CASE WHEN ${then} THEN 1.5 WHEN ${soonAfter} THEN 1.25 ELSE 1 END`;
  return Prisma.sql`CASE WHEN ${then} AND ${extractDatePart("day")} = ${day} THEN 2
    WHEN ${then} AND ${extractDatePart("day")} BETWEEN ${day} AND ${day + 10} THEN 1.25 ELSE 1 END`;
}
