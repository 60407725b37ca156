declare module "human-names" {
  const names: Record<"allEn" | "allIt" | "allFr" | "allDe" | "allEs" | "allNl", string[]>;
  export default names;
}
