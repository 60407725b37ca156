/** How much a context block holds: so many known facts, so many quoted turns, and in tokens of about four characters. */
export interface ContextLimits {
  facts: number;
  turns: number;
  tokens: number;
}

/** What serves most questions (measured: `npm run eval`). */
export const DEFAULT_CONTEXT: ContextLimits = { facts: 5, turns: 8, tokens: 500 };

/** No block may be larger. */
export const MOST_CONTEXT: ContextLimits = { facts: 50, turns: 50, tokens: 8_000 };
