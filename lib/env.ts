import { z } from "zod";

/** An environment variable set to the empty string counts as not set. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const schema = z
  .object({
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    HOST: z.string().min(1).default("127.0.0.1"),
    DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
    DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
    LETHE_DATA_DIR: z.string().min(1).default(".data"),
    LETHE_URL: optional(z.url({ protocol: /^https?$/ })),
    LETHE_SECRET: optional(z.string().min(32, "must have at least 32 characters")),
    LETHE_OWNER_EMAIL: optional(z.email()),
    LETHE_OWNER_PASSWORD: optional(z.string().min(10, "must have at least 10 characters")),
    LETHE_API_KEY: optional(
      z.string().min(24, "must have at least 24 characters").regex(/^\S+$/, "must not contain spaces"),
    ),
    LETHE_OIDC_ISSUER: optional(z.url({ protocol: /^https?$/ })),
    LETHE_OIDC_CLIENT_ID: optional(z.string()),
    LETHE_OIDC_CLIENT_SECRET: optional(z.string()),
    LETHE_OIDC_NAME: z.string().min(1).default("single sign-on"),
  })
  .refine((env) => !env.LETHE_OWNER_PASSWORD || env.LETHE_OWNER_EMAIL, {
    path: ["LETHE_OWNER_EMAIL"],
    message: "is needed beside LETHE_OWNER_PASSWORD",
  })
  .refine((env) => !env.LETHE_OIDC_ISSUER || (env.LETHE_OIDC_CLIENT_ID && env.LETHE_OIDC_CLIENT_SECRET), {
    path: ["LETHE_OIDC_ISSUER"],
    message: "needs LETHE_OIDC_CLIENT_ID and LETHE_OIDC_CLIENT_SECRET beside it",
  });

export type Env = z.infer<typeof schema>;

export class EnvironmentError extends Error {}

/**
 * Reads the configuration out of environment variables.
 * @throws EnvironmentError with one line per variable that does not fit; values are never repeated in it.
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const parsed = schema.safeParse(variables);
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
export function configure(overrides: {
  DATABASE_URL?: string;
  LETHE_SECRET?: string;
  LETHE_DATA_DIR?: string;
  LETHE_TEST_SERVER?: string;
}): Env {
  Object.assign(process.env, overrides);
  parsed = parseEnv(process.env);
  return parsed;
}

/** The configuration that a process started by this one must see, over what it inherits. */
export function childEnvironment(overrides: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...overrides };
}
