const MESSAGES = {
  model_refused: "The language model declined to read this.",
  model_unavailable: "The language model could not be asked.",
  model_unreadable: "What the language model answered could not be read.",
  model_budget: "The project has used up the day's tokens.",
};

/** Why a language model gave no answer. Holds nothing of what was asked or answered, and no cause that would. */
export class ModelError extends Error {
  readonly code: keyof typeof MESSAGES;
  /** The HTTP status, where it was one that ended it. */
  readonly status: number | null;

  constructor(code: keyof typeof MESSAGES, status: number | null = null) {
    super(status === null ? MESSAGES[code] : `${MESSAGES[code]} (HTTP ${status})`);
    this.name = "ModelError";
    this.code = code;
    this.status = status;
  }
}
