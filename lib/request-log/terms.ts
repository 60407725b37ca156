export const REQUEST_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export const REQUEST_OUTCOMES = ["done", "refused", "failed"] as const;

/** How a call went, by the hundreds of its status. */
export const OUTCOME_LABELS: Record<(typeof REQUEST_OUTCOMES)[number], string> = {
  done: "Done (2xx)",
  refused: "Refused (4xx)",
  failed: "Failed (5xx)",
};

export const REQUEST_SORTS = ["at", "duration"] as const;
