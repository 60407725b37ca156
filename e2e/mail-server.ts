import { once } from "node:events";
import { SMTPServer } from "smtp-server";

/** A mail as it reached the server: to whom, and its lines as they came over the wire. */
export interface ReceivedMail {
  to: string[];
  source: string;
}

/** A mail server on this machine that delivers nothing. */
export interface MailServer extends AsyncDisposable {
  url: string;
  received: ReceivedMail[];
  /** Refuses the mails that come from now on, or takes them again. */
  refuse(refuses: boolean): void;
}

/** Starts one. */
export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  let refuses = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (refuses) return done(new Error("not today"));
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, source: Buffer.concat(chunks).toString("utf8") });
        done();
      });
    },
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const address = listening.address();
  if (typeof address !== "object" || address === null) throw new Error("a server that listens has an address");
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    refuse: (next) => {
      refuses = next;
    },
    [Symbol.asyncDispose]: () => new Promise((done) => server.close(() => done())),
  };
}

/** The words of a mail in plain text, as its reader sees them (RFC 2045, quoted-printable). */
export function readMailText({ source }: ReceivedMail): string {
  const bytes = source
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
