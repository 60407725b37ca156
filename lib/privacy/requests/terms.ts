/** What a person can ask for. */
export const REQUEST_TYPES = ["erasure", "access", "portability", "rectification", "restriction"] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];

export const TYPE_WORDS: Record<RequestType, string> = {
  erasure: "Erasure",
  access: "Access",
  portability: "Portability",
  rectification: "Rectification",
  restriction: "Restriction",
};

/** A length of time as laws give it. */
export type Span = { months: number } | { days: number } | { workingDays: number };

/** What a law gives a controller to answer in. */
export interface Clock {
  title: string;
  /** To confirm that the request has arrived; none where the law asks for no confirmation. */
  acknowledge: Span | null;
  answer: Span;
  /** How much longer it may take, once, if the person is told with reasons before the first time is over. */
  extension: Span | null;
  /** A time that ends on a day of rest ends with the next working day. */
  endsOnWorkingDay: boolean;
  /** It may stand still while the person does not answer a question about who they are. */
  pausable: boolean;
  /** Where whoever is refused can turn to, as they are told. */
  complaint: string;
  source: string;
}

const CALIFORNIA_COMPLAINT =
  "You may complain to the California Privacy Protection Agency or to the Attorney General of California.";

/**
 * The laws' numbers. A month is a calendar month: it ends on the day of the same number, or on the last one of a shorter month.
 * The day on which a request arrives is not counted.
 */
export const CLOCKS = {
  gdpr: {
    title: "GDPR",
    acknowledge: null,
    answer: { months: 1 },
    extension: { months: 2 },
    endsOnWorkingDay: true,
    pausable: true,
    complaint: "You may complain to a supervisory authority, or go to court.",
    source: "Regulation (EU) 2016/679, Art. 12(3); Regulation (EEC, Euratom) 1182/71, Art. 3",
  },
  uk_gdpr: {
    title: "UK GDPR",
    acknowledge: null,
    answer: { months: 1 },
    extension: { months: 2 },
    endsOnWorkingDay: true,
    pausable: true,
    complaint: "You may complain to the Information Commissioner's Office, or go to court.",
    source: "UK GDPR, Art. 12(3); guidance of the Information Commissioner's Office",
  },
  ccpa: {
    title: "CCPA",
    acknowledge: { workingDays: 10 },
    answer: { days: 45 },
    extension: { days: 45 },
    endsOnWorkingDay: false,
    pausable: false,
    complaint: CALIFORNIA_COMPLAINT,
    source: "11 CCR § 7021",
  },
  delete_act: {
    title: "DELETE Act",
    acknowledge: null,
    answer: { days: 45 },
    extension: null,
    endsOnWorkingDay: false,
    pausable: false,
    complaint: CALIFORNIA_COMPLAINT,
    source: "California Civil Code § 1798.99.86",
  },
  other: {
    title: "Another law, or none",
    acknowledge: null,
    answer: { days: 30 },
    extension: { days: 30 },
    endsOnWorkingDay: false,
    pausable: true,
    complaint: "You may have the right to complain to an authority, or to go to court.",
    source: "a term that the project has set itself",
  },
} as const satisfies Record<string, Clock>;

export type Law = keyof typeof CLOCKS;
export const LAWS = Object.keys(CLOCKS).filter((name): name is Law => name in CLOCKS);

/** How much of its time a clock has left, as a share: what is ample, what is getting short, and below that what presses. */
export const CLOCK_SHARES = { ample: 0.5, short: 0.25 } as const;

/** How a request reached the team. */
export const REQUEST_CHANNELS = ["email", "phone", "post", "console", "api", "csv"] as const;
export type RequestChannel = (typeof REQUEST_CHANNELS)[number];

/**
 * The life of a request: from each state, those that may follow. The database holds the same table and refuses every other
 * step. A state that nothing follows is the end.
 */
export const LIFECYCLE = {
  received: ["awaiting_verification", "verified", "rejected", "withdrawn"],
  awaiting_verification: ["verified", "expired", "rejected", "withdrawn"],
  verified: ["in_review", "rejected", "withdrawn"],
  in_review: ["on_hold", "awaiting_approval", "closed_no_match", "rejected", "withdrawn"],
  on_hold: ["in_review", "rejected", "withdrawn"],
  awaiting_approval: ["in_review", "scheduled", "rejected", "withdrawn"],
  scheduled: ["executing", "in_review", "withdrawn", "cancelled"],
  executing: ["verifying", "in_review", "blocked_by_hold", "failed"],
  blocked_by_hold: ["executing", "in_review", "cancelled"],
  failed: ["executing", "in_review", "cancelled"],
  verifying: ["completed", "completed_partial", "residue_found"],
  residue_found: ["completed", "completed_partial"],
  completed: [],
  completed_partial: [],
  closed_no_match: [],
  rejected: [],
  withdrawn: [],
  cancelled: [],
  expired: [],
} as const satisfies Record<string, readonly string[]>;

export type RequestState = keyof typeof LIFECYCLE;

export const REQUEST_STATES = Object.keys(LIFECYCLE).filter((name): name is RequestState => name in LIFECYCLE);

export const STATE_WORDS: Record<RequestState, string> = {
  received: "received",
  awaiting_verification: "waiting for the person",
  verified: "verified",
  in_review: "in review",
  on_hold: "on hold",
  awaiting_approval: "waiting for approval",
  scheduled: "scheduled",
  executing: "being done",
  blocked_by_hold: "stopped by a legal hold",
  failed: "failed",
  verifying: "being proved",
  residue_found: "residue found",
  completed: "completed",
  completed_partial: "completed in part",
  closed_no_match: "nobody known",
  rejected: "refused",
  withdrawn: "withdrawn",
  cancelled: "cancelled",
  expired: "expired",
};

/** Whether a request is over. */
export function isClosed(state: RequestState): boolean {
  return LIFECYCLE[state].length === 0;
}

interface Refusal {
  words: string;
  /** What can be refused on it; anything, where it does not say. */
  types?: readonly RequestType[];
  /** Where a law says so. */
  sources: Partial<Record<Law, string>>;
}

/** Why a request can be refused. */
const REFUSALS = {
  not_verified: {
    words: "It could not be verified who asks",
    sources: {
      gdpr: "GDPR, Art. 12(2)",
      uk_gdpr: "UK GDPR, Art. 12(2)",
      ccpa: "California Civil Code § 1798.140(ak)",
    },
  },
  unfounded: {
    words: "The request is manifestly unfounded or excessive",
    sources: {
      gdpr: "GDPR, Art. 12(5)",
      uk_gdpr: "UK GDPR, Art. 12(5)",
      ccpa: "California Civil Code § 1798.145(h)(3)",
    },
  },
  legal_obligation: {
    words: "A law obliges us to keep it",
    types: ["erasure"],
    sources: {
      gdpr: "GDPR, Art. 17(3)(b)",
      uk_gdpr: "UK GDPR, Art. 17(3)(b)",
      ccpa: "California Civil Code § 1798.105(d)(8)",
      delete_act: "California Civil Code § 1798.105(d)(8)",
    },
  },
  legal_claims: {
    words: "It is needed for legal claims",
    types: ["erasure"],
    sources: { gdpr: "GDPR, Art. 17(3)(e)", uk_gdpr: "UK GDPR, Art. 17(3)(e)" },
  },
  expression: {
    words: "Freedom of expression and information requires that it stays",
    types: ["erasure"],
    sources: {
      gdpr: "GDPR, Art. 17(3)(a)",
      uk_gdpr: "UK GDPR, Art. 17(3)(a)",
      ccpa: "California Civil Code § 1798.105(d)(4)",
      delete_act: "California Civil Code § 1798.105(d)(4)",
    },
  },
  no_right: { words: "The law that it rests on gives no such right", sources: {} },
} as const satisfies Record<string, Refusal>;
export type RefusalGround = keyof typeof REFUSALS;
export const REFUSAL_GROUND_NAMES = Object.keys(REFUSALS).filter((name): name is RefusalGround => name in REFUSALS);

/** The grounds on which a request of this type can be refused. */
export function listGrounds(type: RequestType): RefusalGround[] {
  return REFUSAL_GROUND_NAMES.filter((name) => {
    const { types }: Refusal = REFUSALS[name];
    return types?.includes(type) ?? true;
  });
}

/** A ground as a sentence, with where this law says so. */
export function describeGround(ground: RefusalGround, law: Law): string {
  const { words, sources }: Refusal = REFUSALS[ground];
  const source = sources[law];
  return source ? `${words} (${source}).` : `${words}.`;
}

/** The ground that a request was refused on, as it is stored. */
export function readGround(stored: string | null): RefusalGround | null {
  return REFUSAL_GROUND_NAMES.find((name) => name === stored) ?? null;
}

/** Those on which a law lets somebody keep what they are asked to delete. */
export const EXEMPTING_GROUNDS: readonly RefusalGround[] = ["legal_obligation", "legal_claims", "expression"];

/** Where in a letter the link stands that was shown once, when the copy was made. */
export const LINK_PLACE = "[the link to the copy]";

/** Why somebody else's words stay though they mention a person who is erased. */
export const KEEP_GROUNDS = {
  others_record: "the other person's own record",
  expression: "freedom of expression and information",
  legal_obligation: "a legal obligation",
  legal_claims: "legal claims",
  somebody_else: "it is about somebody else of that name",
} as const;
export type KeepGround = keyof typeof KEEP_GROUNDS;
export const KEEP_GROUND_NAMES = Object.keys(KEEP_GROUNDS).filter((name): name is KeepGround => name in KEEP_GROUNDS);
