import { EventEmitter, once } from "node:events";
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
  /** Tells of each event that arrives. */
  arrivals: EventEmitter<{ event: [ReceivedEvent] }>;
  /** Answers nothing until it is released. */
  hold(): void;
  release(): void;
  /** What it answers with from now on. */
  answerWith(status: number, headers?: Record<string, string>): void;
}

/** Starts one that answers 204 until it is told otherwise. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedEvent[] = [];
  let answer: { status: number; headers: Record<string, string> } = { status: 204, headers: {} };
  const arrivals: WebhookReceiver["arrivals"] = new EventEmitter();
  let held = Promise.withResolvers<void>();
  held.resolve();
  const server = createServer(async (incoming, outgoing) => {
    const chunks = await incoming.toArray();
    const event = { headers: incoming.headers, body: Buffer.concat(chunks).toString("utf8") };
    received.push(event);
    arrivals.emit("event", event);
    await held.promise;
    outgoing.writeHead(answer.status, answer.headers).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("a server that listens has an address");
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    arrivals,
    hold: () => {
      held = Promise.withResolvers();
    },
    release: () => held.resolve(),
    answerWith: (status, headers = {}) => {
      answer = { status, headers };
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
