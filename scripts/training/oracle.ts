import { type ParserState, SHIFT, toLeft, toRight } from "#lib/extraction/syntax/parser.ts";

/** The analysis that the parser should come to; index 0 is the root's place. */
export interface GoldTree {
  heads: Int32Array;
  relations: Int32Array;
}

/**
 * How many right arcs each kind of transition makes impossible: the dynamic oracle of the arc-hybrid system (Goldberg and
 * Nivre 2013). Infinity for one that the state does not allow.
 */
function countLosses(state: ParserState, { heads }: GoldTree): { shift: number; left: number; right: number } {
  const { stack, depth, next, size } = state;
  const [s0, s1] = [state.peek(0), state.peek(1)];
  let shift = state.canShift() ? 0 : Number.POSITIVE_INFINITY;
  let left = state.canAttachLeft() ? 0 : Number.POSITIVE_INFINITY;
  let right = state.canAttachRight() ? 0 : Number.POSITIVE_INFINITY;
  if (state.canShift()) {
    for (let index = 0; index < depth; index += 1) {
      const node = stack[index] ?? 0;
      if (index < depth - 1 && heads[next] === node) shift += 1;
      if (node > 0 && heads[node] === next) shift += 1;
    }
  }
  if (depth > 1) {
    for (let node = next; node <= size; node += 1) {
      if (heads[node] === s0) {
        left += 1;
        right += 1;
      }
      if (heads[s0] === node) {
        if (node !== next) left += 1;
        right += 1;
      }
    }
    if (heads[s0] === s1) left += 1;
  }
  return { shift, left, right };
}

/** Every transition that loses least. */
export function listBestTransitions(state: ParserState, gold: GoldTree, relations: number): number[] {
  const { shift, left, right } = countLosses(state, gold);
  const least = Math.min(shift, left, right);
  const [s0, s1] = [state.peek(0), state.peek(1)];
  const best: number[] = [];
  const addArc = (head: number, make: (relation: number) => number) => {
    const known = gold.relations[s0] ?? 0;
    if (gold.heads[s0] === head) best.push(make(known));
    else for (let relation = 0; relation < relations; relation += 1) best.push(make(relation));
  };
  if (left === least) addArc(state.next, toLeft);
  if (right === least) addArc(s1, toRight);
  if (shift === least) best.push(SHIFT);
  return best;
}
