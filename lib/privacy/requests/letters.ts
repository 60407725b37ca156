import type { Tx } from "#lib/db/client.ts";
import { NUMBER, readRowsIn } from "#lib/db/rows.ts";
import { inProject } from "#lib/db/scope.ts";
import { formatLongDay } from "#lib/format.ts";
import {
  CLOCKS,
  describeGround,
  isClosed,
  type Law,
  LINK_PLACE,
  type RequestState,
  type RequestType,
  readGround,
} from "#lib/privacy/requests/terms.ts";
import type { PrivacyRequest } from "#prisma/client/client.ts";

interface Told {
  number: string;
  type: RequestType;
  law: Law;
  state: RequestState;
  receivedAt: Date;
  answerBy: Date;
  stateReason: string | null;
  /** On what it was refused, as it is stored. */
  refusalGround: string | null;
  extensionReason: string | null;
  /** Their own copy of the receipt can still be given out, once. */
  hasCopy: boolean;
}

const ASKED: Record<RequestType, string> = {
  erasure: "that we delete what we store about you",
  access: "for a copy of what we store about you",
  portability: "for your data in a form that other services can read",
  rectification: "that we correct what we store about you",
  restriction: "that we keep what we store about you as it is, and use it no further",
};

const COMPLETED: Record<RequestType, string> = {
  erasure:
    "We have deleted everything that was stored about you, and have searched all of our database afterwards: nothing was found. Should a backup from before ever be restored, you are deleted from it again before anything in it is used.",
  access: `Your copy is ready. This link works once, for 14 days: ${LINK_PLACE}`,
  portability: `Your data is ready. This link works once, for 14 days: ${LINK_PLACE}`,
  rectification: "We have corrected it.",
  restriction: "It is kept as it is from now on: nothing is added, and no application is told what is known of you.",
};

/** What brings a person the code by which they show that it is they who ask; the link and the code in one, to an address of theirs. */
export function writeCodeMail({
  number,
  link,
  code,
  until,
}: {
  number: string;
  link: string;
  code: string;
  until: Date;
}) {
  const lines = [
    "Hello,",
    `Somebody has asked us something in your name under a privacy law (request ${number}). If it was you, open this page and enter the code below:`,
    link,
    `Code: ${code}`,
    `Both are good until ${formatLongDay(until)}. If it was not you, do nothing: without the code nothing happens.`,
    "Kind regards",
  ];
  return { subject: `Your request ${number}: a code`, text: lines.join("\n\n") };
}

/** What the person is to be told as things stand, for an operator to read over and send. Nothing is ever sent silently. */
export function writeLetter(told: Told): { subject: string; text: string } {
  const { number, type, receivedAt } = told;
  const opening = `On ${formatLongDay(receivedAt)} you asked ${ASKED[type]} (request ${number}).`;
  return { subject: nameLetter(told), text: ["Hello,", opening, tellState(told), "Kind regards"].join("\n\n") };
}

/** How many letters have gone from here. */
export async function countLetters(
  tx: Pick<Tx, "$queryRaw">,
  { projectUuid, subjectRef, number }: Pick<PrivacyRequest, "projectUuid" | "subjectRef" | "number">,
): Promise<number> {
  const [counted] = await readRowsIn(tx, { letters: NUMBER })`
    SELECT count(*)::int AS letters FROM audit_events WHERE ${inProject({ projectUuid })} AND subject_ref = ${subjectRef}::uuid
      AND action = 'request.letter_sent' AND data ->> 'request' = ${String(number)}`;
  return counted?.letters ?? 0;
}

/** What a letter about a request is called. */
export function nameLetter({ number }: { number: string | bigint }): string {
  return `Your request ${number}`;
}

function tellState(told: Told): string {
  const { type, law, state, stateReason, answerBy, extensionReason, hasCopy } = told;
  const until = formatLongDay(answerBy);
  const enclosed = hasCopy ? " Your copy of the receipt is enclosed." : "";
  if (state === "completed_partial")
    return `We have deleted what was stored about you. Some of what other people said of you is kept, on grounds that the law knows; your copy of the receipt tells how much and why.${enclosed}`;
  if (state === "closed_no_match") {
    const looked =
      type === "erasure"
        ? "We have searched everything that we store for what you named yourself by, and know nobody by it."
        : "We know nobody by what you named yourself by.";
    return `${looked} If you are known to us by another address or number, please tell us.${enclosed}`;
  }
  if (state === "rejected") {
    const ground = readGround(told.refusalGround);
    return ["We cannot do that.", ground && describeGround(ground, law), CLOCKS[law].complaint]
      .filter(Boolean)
      .join(" ");
  }
  if (state === "withdrawn") return "You have taken this back, and we have done nothing.";
  if (state === "completed") return `${COMPLETED[type]}${enclosed}`;
  if (isClosed(state)) return `We have closed this request. ${stateReason ?? ""}`.trim();
  if (extensionReason)
    return `It takes us longer than usual: ${extensionReason} You will have our answer by ${until}, as ${CLOCKS[law].title} allows.`;
  return `We have received it and are working on it. You will have our answer by ${until}.`;
}
