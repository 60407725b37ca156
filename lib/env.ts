import { createPrivateKey, type KeyObject } from "node:crypto";
import { z } from "zod";

const schema = z
  .object({
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    HOST: z.string().min(1).default("127.0.0.1"),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    /** The role that owns the tables: for migrations, proofs and upkeep. The other one owns nothing. */
    DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
    LETHE_DATA_DIR: z.string().min(1).default(".data"),
    LETHE_URL: z.url({ protocol: /^https?$/ }).optional(),
    LETHE_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
    /** Ed25519, as PKCS#8: PEM, or its base64 in one line. Signs receipts. */
    LETHE_SIGNING_KEY: z
      .string()
      .refine(isSigningKey, "must be an Ed25519 private key in PKCS#8, as PEM or base64")
      .optional(),
    /** Keyed hashes of people who are kept out are made with the first; older ones follow, apart by spaces. */
    LETHE_SUPPRESSION_KEY: z
      .string()
      .regex(/^\S{32,}(\s+\S{32,})*$/, "must be one or more keys of at least 32 characters, apart by spaces")
      .optional(),
    /** Outlives the database: what was erased, so that a restored backup cannot bring it back. */
    LETHE_JOURNAL: z.string().min(1).optional(),
    /** A time stamp authority (RFC 3161), asked for each receipt by a digest that tells nothing. */
    LETHE_TSA_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Days after which a backup is gone; told on receipts. */
    LETHE_BACKUP_DAYS: z.coerce.number().int().min(0).max(36_500).optional(),
    /** Where mail is handed over: smtp://user:password@host:587, or smtps:// for TLS from the first byte. */
    LETHE_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    /** The address that mail comes from. */
    LETHE_MAIL_FROM: z.email().optional(),
    LETHE_OWNER_EMAIL: z.email().optional(),
    LETHE_OWNER_PASSWORD: z.string().min(10, "must have at least 10 characters").optional(),
    LETHE_API_KEY: z
      .string()
      .min(24, "must have at least 24 characters")
      .regex(/^\S+$/, "must not contain spaces")
      .optional(),
    LETHE_API_RATE: z.coerce.number().int().min(0).max(10_000_000).default(6_000),
    LETHE_API_RATE_STORE: z.enum(["memory", "database"]).default("memory"),
    LETHE_WORKERS: z.coerce.number().int().min(0).max(64).default(2),
    LETHE_OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
    LETHE_OIDC_CLIENT_ID: z.string().optional(),
    LETHE_OIDC_CLIENT_SECRET: z.string().optional(),
    LETHE_OIDC_NAME: z.string().min(1).default("single sign-on"),
    LLM_PROVIDER: z.enum(["openai-compatible", "anthropic"]).default("openai-compatible"),
    LLM_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
    LLM_MODEL: z.string().min(1).optional(),
    /** Makes vectors of texts, so that search finds what means the same in other words. */
    LLM_EMBEDDING_MODEL: z.string().min(1).optional(),
    LLM_API_KEY: z
      .string()
      .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces")
      .optional(),
    /** Seconds. */
    LLM_TIMEOUT: z.coerce.number().min(1).max(600).default(60),
    /** Tokens of a project in a UTC day, both ways; 0 means without limit. */
    LLM_DAILY_TOKENS: z.coerce.number().int().min(0).max(1_000_000_000_000).default(0),
    /** Whether the server takes a JSON schema beside the prompt, or is only told the schema in it. */
    LLM_STRUCTURED: z.enum(["schema", "object"]).default("schema"),
  })
  .refine((env) => !env.LETHE_OWNER_PASSWORD || env.LETHE_OWNER_EMAIL, {
    path: ["LETHE_OWNER_EMAIL"],
    message: "is needed beside LETHE_OWNER_PASSWORD",
  })
  .refine((env) => !env.LETHE_SMTP_URL || env.LETHE_MAIL_FROM, {
    path: ["LETHE_MAIL_FROM"],
    message: "is needed beside LETHE_SMTP_URL: the address that mail comes from",
  })
  .refine((env) => !env.LETHE_OIDC_ISSUER || (env.LETHE_OIDC_CLIENT_ID && env.LETHE_OIDC_CLIENT_SECRET), {
    path: ["LETHE_OIDC_ISSUER"],
    message: "needs LETHE_OIDC_CLIENT_ID and LETHE_OIDC_CLIENT_SECRET beside it",
  })
  .refine((env) => env.LLM_MODEL || env.LLM_PROVIDER !== "anthropic", {
    path: ["LLM_MODEL"],
    message: "is needed beside LLM_PROVIDER: which model to ask",
  })
  .refine((env) => env.LLM_MODEL || env.LLM_EMBEDDING_MODEL || !env.LLM_BASE_URL, {
    path: ["LLM_MODEL"],
    message: "is needed beside LLM_BASE_URL, or LLM_EMBEDDING_MODEL: which model to ask",
  })
  .refine((env) => !env.LLM_MODEL || env.LLM_BASE_URL || env.LLM_PROVIDER === "anthropic", {
    path: ["LLM_BASE_URL"],
    message: "is needed beside LLM_MODEL: where the model is asked",
  })
  .refine((env) => !env.LLM_EMBEDDING_MODEL || env.LLM_PROVIDER !== "anthropic", {
    path: ["LLM_EMBEDDING_MODEL"],
    message: "needs LLM_PROVIDER to be openai-compatible: Anthropic's protocol knows no embeddings",
  })
  .refine((env) => !env.LLM_EMBEDDING_MODEL || env.LLM_BASE_URL, {
    path: ["LLM_BASE_URL"],
    message: "is needed beside LLM_EMBEDDING_MODEL: where the model is asked",
  });

function isSigningKey(text: string): boolean {
  try {
    return readSigningKey(text).asymmetricKeyType === "ed25519";
  } catch {
    return false;
  }
}

/** @throws Error for anything but a private key. */
export function readSigningKey(text: string): KeyObject {
  if (text.includes("-----BEGIN")) return createPrivateKey(text);
  return createPrivateKey({ key: Buffer.from(text, "base64"), format: "der", type: "pkcs8" });
}

export type Env = z.infer<typeof schema>;

export class EnvironmentError extends Error {}

/**
 * Reads the configuration out of environment variables; one that is set to nothing counts as not set.
 * @throws EnvironmentError with one line per variable that does not fit; values are never repeated in it.
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new EnvironmentError(`The environment does not fit:\n  ${lines.join("\n  ")}`);
}

let parsed: Env | undefined;

/** The configuration of this process, read once. @throws EnvironmentError as `parseEnv`. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** Settles what was found or made at start-up (the embedded database's address, the secret) for the rest of this process. */
export function setEnv(overrides: {
  DATABASE_URL?: string;
  DATABASE_OWNER_URL?: string;
  LETHE_SECRET?: string;
  LETHE_URL?: string;
  LETHE_SIGNING_KEY?: string;
  LETHE_SUPPRESSION_KEY?: string;
  LETHE_JOURNAL?: string;
  LETHE_TSA_URL?: string;
  LETHE_SMTP_URL?: string;
  LETHE_MAIL_FROM?: string;
  LETHE_DATA_DIR?: string;
  LETHE_TEST_SERVER?: string;
  LETHE_API_RATE?: string;
  LETHE_API_RATE_STORE?: string;
  LLM_BASE_URL?: string;
  LLM_EMBEDDING_MODEL?: string;
  LLM_DAILY_TOKENS?: string;
}): Env {
  Object.assign(process.env, overrides);
  parsed = parseEnv(process.env);
  return parsed;
}

/** Where the owner of the tables connects; the application itself, where there is one role only. */
export function getOwnerUrl(): string {
  const { DATABASE_OWNER_URL, DATABASE_URL } = env();
  const url = DATABASE_OWNER_URL ?? DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set; `npm start` sets it.");
  return url;
}

/** Where people reach the console, without a slash at the end. */
export function getPublicUrl(): string {
  const { HOST, PORT, LETHE_URL } = env();
  const url = LETHE_URL ?? `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`;
  return url.replace(/\/$/, "");
}

/** The configuration that a process started by this one must see, over what it inherits. */
export function makeChildEnvironment(overrides: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...overrides };
}
