import type { Store } from "#lib/db/stored-tables.ts";

const OPERATORS_OWN = "the account of somebody who works in the console, and no data of the application's users";

/** The people who work in the console, and how they sign in. */
export const OPERATOR_STORE: Store = [
  {
    name: "operators",
    title: "Operators",
    exempt: OPERATORS_OWN,
    columns: { id: ["email"], words: ["name"], ours: ["password_hash"] },
  },
  { name: "memberships", title: "Roles of operators", exempt: OPERATORS_OWN, columns: {} },
  { name: "sign_ins", title: "Sign-ins", exempt: OPERATORS_OWN, columns: {} },
  {
    name: "sign_in_waits",
    title: "Failed sign-ins, by a keyed hash",
    exempt: OPERATORS_OWN,
    columns: { ours: ["key"] },
  },
];
