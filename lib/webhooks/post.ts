import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { BlockList, isIP } from "node:net";

/** The longest that a receiver is waited for. */
const PATIENCE = 15_000;

/**
 * Addresses where no application listens but a machine's own services do, such as those that give out a cloud's credentials.
 */
const NEVER_CALLED = new BlockList();
NEVER_CALLED.addSubnet("169.254.0.0", 16, "ipv4");
NEVER_CALLED.addSubnet("0.0.0.0", 8, "ipv4");
NEVER_CALLED.addSubnet("192.0.0.0", 24, "ipv4");
NEVER_CALLED.addAddress("100.100.100.200", "ipv4");
NEVER_CALLED.addAddress("168.63.129.16", "ipv4");
NEVER_CALLED.addSubnet("fe80::", 10, "ipv6");
NEVER_CALLED.addSubnet("fd00:ec2::", 32, "ipv6");
NEVER_CALLED.addSubnet("fd20:ce::", 32, "ipv6");
NEVER_CALLED.addSubnet("64:ff9b::a9fe:0", 112, "ipv6");
NEVER_CALLED.addAddress("::", "ipv6");

const NOT_CALLED = "This address belongs to the machine's own network services and is not called.";

/**
 * Posts JSON and waits for the answer, whose text is not read. A redirect is an answer like any other and not followed.
 * @returns the status, and how long the receiver asks to be left alone, in seconds.
 * @throws Error, in words for the delivery log, when there is no answer within 15 seconds.
 */
export function postJson(url: string, headers: Record<string, string>, body: string): Promise<PostAnswer> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    if (isIP(host) && isNeverCalled(host)) return reject(new Error(NOT_CALLED));
    const send = target.protocol === "https:" ? requestHttps : requestHttp;
    const sent = { ...headers, "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
    const options = { method: "POST", headers: sent, lookup: lookUpCallable, signal: AbortSignal.timeout(PATIENCE) };
    const request = send(target, { ...options, agent: false }, (response) => {
      response.destroy();
      resolve({ status: response.statusCode ?? 0, retryAfter: readRetryAfter(response.headers["retry-after"]) });
    });
    // An answer that changes the protocol is one like any other: nothing more is said.
    request.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, retryAfter: null });
    });
    request.on("error", (error: NodeJS.ErrnoException) => reject(new Error(describeProblem(error))));
    // However it ends, it ends: after an answer or an error this changes nothing.
    request.on("close", () => reject(new Error(PROBLEMS.ECONNRESET)));
    request.end(body);
  });
}

export interface PostAnswer {
  status: number;
  retryAfter: number | null;
}

type LookupCallback = (error: Error | null, addresses: string | LookupAddress[], family?: number) => void;

/** Looks a name up as usual, and refuses the ones that lead to where nobody is called. */
function lookUpCallable(name: string, options: LookupOptions, done: LookupCallback): void {
  lookup(name, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return done(error ?? new Error("no address"), []);
    if (addresses.some(({ address }) => isNeverCalled(address))) return done(new Error(NOT_CALLED), []);
    if (options.all) return done(null, addresses);
    done(null, first.address, first.family);
  });
}

/** Whether an IP address is one that is not called. */
export function isNeverCalled(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return NEVER_CALLED.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function readRetryAfter(value: string | undefined): number | null {
  if (value === undefined) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}

const PROBLEMS: Record<string, string> = {
  ECONNREFUSED: "Nothing listens there.",
  ENOTFOUND: "There is no such host.",
  EAI_AGAIN: "The host's name could not be looked up.",
  ECONNRESET: "The connection was broken off.",
  EPROTO: "They do not speak TLS as expected.",
  CERT_HAS_EXPIRED: "Their certificate has expired.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "Their certificate is not signed by a known authority.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "Their certificate is not signed by a known authority.",
  ERR_TLS_CERT_ALTNAME_INVALID: "Their certificate is of another host.",
};

function describeProblem(error: NodeJS.ErrnoException): string {
  if (error.name === "AbortError" || error.name === "TimeoutError") return "No answer came within 15 seconds.";
  if (error.message === NOT_CALLED) return NOT_CALLED;
  return PROBLEMS[error.code ?? ""] ?? "The connection failed.";
}
