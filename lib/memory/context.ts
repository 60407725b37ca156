import { formatDay } from "#lib/format.ts";
import type { EpisodeRow, FactRecord, NodeRow } from "#lib/graph/schema.ts";
import type { ContextLimits } from "#lib/memory/schema.ts";
import { maskSecrets } from "#lib/secrets.ts";

/** What a context block is made of, each best first; the first entity is the person. */
export interface ContextParts {
  facts: FactRecord[];
  turns: EpisodeRow[];
  entities: NodeRow[];
}

/** Characters of a token, as English text has on average. */
const TOKEN = 4;
/** The most that is told of a person, and of a turn. */
const LONGEST_SUMMARY = 400;
const LONGEST_TURN = 280;

/**
 * The context block that an application puts before its model, in the format of the published clients' own helper: known
 * facts, then what was said in dated quotations, and the person with what else bears on it. What does not fit the limits is
 * left out, the least fitting turns first.
 */
export function composeContext({ facts, turns, entities }: ContextParts, limits: ContextLimits): string {
  const known = facts.slice(0, limits.facts).map(renderFact);
  const [person, ...others] = entities.map(renderEntity);
  const quoted: string[] = [];
  const render = () => renderBlock([...known, ...quoted], person === undefined ? [] : [person]);
  for (const turn of turns.slice(0, limits.turns)) {
    quoted.push(renderTurn(turn));
    if (countTokens(render()) > limits.tokens) quoted.pop();
  }
  const block = render();
  const whole = renderBlock([...known, ...quoted], person === undefined ? [] : [person, ...others]);
  return countTokens(whole) <= limits.tokens ? whole : block;
}

/** How many tokens a text is, about: models differ in how they count. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / TOKEN);
}

function renderBlock(facts: readonly string[], entities: readonly string[]): string {
  return `
FACTS and ENTITIES represent relevant context to the current conversation.

# These are the most relevant facts and their valid date ranges, then what was said, with its day
# format: FACT (Date range: from - to)
<FACTS>
${facts.join("\n")}
</FACTS>

# These are the most relevant entities
# ENTITY_NAME: entity summary
<ENTITIES>
${entities.join("\n")}
</ENTITIES>
`;
}

function renderFact({ fact, validAt, invalidAt }: FactRecord): string {
  return `  - ${neutraliseText(fact)} (${formatTime(validAt, "date unknown")} - ${formatTime(invalidAt, "present")})`;
}

function renderTurn({ content, role, roleType, createdAt }: EpisodeRow): string {
  const speaker = neutraliseText(role ?? roleType ?? "").slice(0, LONGEST_SUMMARY);
  const words = cutText(neutraliseText(content), LONGEST_TURN);
  return `  - ${speaker === "" ? "Noted" : `${speaker} said`} on ${formatDay(createdAt)}: “${words}”`;
}

/** Whom little is known of is told so, instead of with nothing. */
function renderEntity({ name, summary }: NodeRow): string {
  return `  - ${neutraliseText(name)}: ${cutText(neutraliseText(summary || "Little is known yet."), LONGEST_SUMMARY)}`;
}

/** What is remembered cannot give orders: it has no tags, no line breaks and no secrets. */
function neutraliseText(text: string): string {
  return maskSecrets(text).replace(/\s+/g, " ").replaceAll("<", "‹").replaceAll(">", "›");
}

/** A text cut between words. */
function cutText(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest).replace(/\s+\S*$/, "")} …`;
}

function formatTime(time: Date | null, unknown: string): string {
  return time ? time.toISOString().slice(0, 19).replace("T", " ") : unknown;
}
