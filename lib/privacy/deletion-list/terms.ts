/**
 * The lists that California's platform for deletion requests (DROP) gives out, by what their rows are hashes of, as its
 * technical documentation 1.2.0 (2 July 2026) names them. Those with no words are of things that nobody here is known by.
 */
export const DELETION_LISTS = {
  Email: "e-mail addresses",
  Phone: "telephone numbers",
  MAID: null,
  CTVID: null,
  NDZ: null,
  NameVIN: null,
} as const;
export type DeletionList = "Email" | "Phone";
export const MATCHED_LISTS: readonly DeletionList[] = ["Email", "Phone"];

/**
 * Where addresses and telephone numbers are looked for in a user's metadata, in small letters and letters alone: `phoneNumber`,
 * `phone_number` and `Phone number` are one.
 */
export const EMAIL_FIELDS: ReadonlySet<string> = new Set(["email", "emails", "emailaddress", "mail"]);
export const PHONE_FIELDS: ReadonlySet<string> = new Set([
  ...[
    "phone",
    "phones",
    "phonenumber",
    "phonenumbers",
    "telephone",
    "tel",
    "mobile",
    "mobilephone",
    "cell",
    "cellphone",
  ],
]);

/** What the State is told of each person on a list (California Civil Code § 1798.99.86; the same documentation). */
export const RESULT_CODES = {
  exempted: 2,
  deleted: 3,
  opted_out: 4,
  not_found: 5,
} as const;

/** How it stands with somebody on the list. */
export const ITEM_STATES = [
  "unmatched",
  "matched",
  "in_progress",
  "shared",
  "exempted",
  "deleted",
  "opted_out",
  "not_found",
  "removed",
] as const;
export type ItemState = (typeof ITEM_STATES)[number];

export const ITEM_STATE_WORDS: Record<ItemState, string> = {
  unmatched: "not compared yet",
  matched: "known, to be filed",
  in_progress: "request under way",
  shared: "shared by several",
  exempted: "exempted",
  deleted: "deleted",
  opted_out: "opted out",
  not_found: "not found",
  removed: "taken back",
};

/** The lists have to be fetched at least this often. */
export const DAYS_BETWEEN_PULLS = 45;

/** A request is filed on a comparison that is no older. */
export const FRESH_MINUTES = 60;

/** So many rows go to the server at once, and so many requests are filed at once. */
export const MOST_LIST_ROWS = 500;
export const MOST_FILED_AT_ONCE = 20;
