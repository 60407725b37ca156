/** How many nodes a picture may start with, and with how many it does. */
export const CAPS = [50, 150, 500, 2_000, 10_000] as const;
export const FIRST_CAP = 150;

/** How many steps around the selected node may be asked for. */
export const DEPTHS = [1, 2, 3] as const;
/** The two ways in which the same selection is shown. */
export const LAYOUTS = ["picture", "table"] as const;

/** The most neighbours that opening one node adds. */
export const MOST_OPENED = 100;
/** The most nodes that may be open at once, and steps that a path may have. */
export const MOST_OPEN = 20;
export const MOST_STEPS = 6;
