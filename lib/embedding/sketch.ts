/**
 * The signs of a vector's numbers, as PostgreSQL writes bits. Vectors that are alike have most signs in common, and
 * counting those that differ costs a hundredth of the cosine (Charikar, 2002, without the random planes: the axes of
 * what models make serve as well).
 */
export function sketchOf(vector: readonly number[]): string {
  return vector.map((number) => (number > 0 ? "1" : "0")).join("");
}
