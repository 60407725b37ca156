import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";

export interface ReceivedEvent {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver of webhooks on this machine. */
export interface WebhookReceiver extends AsyncDisposable {
  url: string;
  /** What arrived, in order. */
  received: ReceivedEvent[];
  /** What it answers with from now on. */
  answerWith(status: number, headers?: Record<string, string>): void;
}

/** Starts one that answers 204 until it is told otherwise. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedEvent[] = [];
  let answer: { status: number; headers: Record<string, string> } = { status: 204, headers: {} };
  const server = createServer(async (incoming, outgoing) => {
    const chunks = await incoming.toArray();
    received.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString("utf8") });
    outgoing.writeHead(answer.status, answer.headers).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("a server that listens has an address");
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    answerWith: (status, headers = {}) => {
      answer = { status, headers };
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
