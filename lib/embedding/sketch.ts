/**
 * The signs of a vector's numbers, as PostgreSQL writes bits. Similar vectors share most signs, and counting the different
 * ones costs a hundredth of the cosine (Charikar, 2002; the vector's own axes are used instead of random planes, which works
 * as well for model vectors).
 */
export function makeSketch(vector: readonly number[]): string {
  return vector.map((number) => (number > 0 ? "1" : "0")).join("");
}
