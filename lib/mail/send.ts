import { setTimeout as pause } from "node:timers/promises";
import { createTransport } from "nodemailer";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

/** A mail to one person, in plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** What goes with it, by name. */
  files?: Record<string, string>;
}

/** The longest that the mail server is waited for at each turn and in all, and the longest that a transaction is that sends mail. */
const PATIENCE = 10_000;
const PATIENCE_IN_ALL = 25_000;
export const MAIL_TIMEOUT = 60_000;

/** The address that mail comes from; null where no mail server is configured. */
export function findMailSender(): string | null {
  const { LETHE_SMTP_URL, LETHE_MAIL_FROM } = env();
  return LETHE_SMTP_URL ? (LETHE_MAIL_FROM ?? null) : null;
}

/**
 * Hands a mail to the configured server and waits until it has taken it. Whether it arrives nobody can tell from here.
 * @throws AppError `unavailable` where none is configured, or it does not take it.
 */
export async function sendMail({ to, subject, text, files = {} }: Mail): Promise<void> {
  const { LETHE_SMTP_URL } = env();
  const from = findMailSender();
  if (!LETHE_SMTP_URL || !from) throw new AppError("unavailable", "No mail server is configured.");
  const timeouts = { connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE };
  const transport = createTransport({ url: LETHE_SMTP_URL, requireTLS: !isOnThisMachine(LETHE_SMTP_URL), ...timeouts });
  const attachments = Object.entries(files).map(([filename, content]) => ({ filename, content }));
  // What is sent is text of ours and of operators, never a file or an address to read it from.
  const mail = { from, to: { name: "", address: to }, subject, text, attachments };
  try {
    const sending = transport.sendMail({ ...mail, disableFileAccess: true, disableUrlAccess: true });
    await Promise.race([sending, giveUpLater()]);
  } catch (error) {
    throw new AppError("unavailable", `The mail server has not taken it${describeProblem(error)}. Nothing was sent.`);
  } finally {
    transport.close();
  }
}

/** A server that goes on talking is given up as well; its connection is closed with that. */
async function giveUpLater(): Promise<never> {
  await pause(PATIENCE_IN_ALL, undefined, { ref: false });
  throw Object.assign(new Error("the mail server goes on talking"), { code: "ETIMEDOUT" });
}

/** Mail is sent in the clear to a server on this machine alone. */
function isOnThisMachine(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}

const PROBLEMS: Record<string, string> = {
  EAUTH: ": it refused the user name or the password",
  EENVELOPE: ": it refused the address",
  ESOCKET: ": it cannot be reached",
  ECONNECTION: ": it cannot be reached",
  EDNS: ": there is no such host",
  ETIMEDOUT: ": it did not answer in time",
  ETLS: ": it does not speak TLS",
};

function describeProblem(error: unknown): string {
  return error instanceof Error && "code" in error ? (PROBLEMS[String(error.code)] ?? "") : "";
}
