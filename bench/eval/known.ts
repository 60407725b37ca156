import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { rules } from "#lib/extraction/reader/extractor.ts";
import type { FoundFact } from "#lib/extraction/schema.ts";
import { SAID } from "#lib/relations.ts";

const REGISTERS = ["persona", "support", "assistant", "open"] as const;
/**
 * Lines that were read while the reader was made; plain ones and fresh sets by others, read after they had been measured; the
 * last such set ("held-out") and one in the words of chats, several sentences to a message ("chats"), whose figures at first sight
 * are in the notes that they came with; and ones in odd words, which are reported and have no aim.
 */
const SPLITS = ["development", "plain", "fresh", "held-out", "chats", "odd"] as const;

const labelSchema = z.object({ s: z.string(), r: z.string(), o: z.string(), over: z.boolean().optional() });
type Label = z.infer<typeof labelSchema>;
const lineSchema = z.object({
  register: z.enum(REGISTERS),
  split: z.enum(SPLITS),
  text: z.string(),
  /** What a careful reader notes. */
  known: z.array(labelSchema),
  /** What is true and need not be noted. */
  maybe: z.array(labelSchema).default([]),
});
type LabelledLine = z.infer<typeof lineSchema>;

/** The aims for facts that are not wrong and for recall, in percent, and what the first reader reached (its own lines). */
const AIMS: Record<(typeof REGISTERS)[number], { right: number; recall: number | null; before: string }> = {
  persona: { right: 98, recall: 70, before: "94 / 80" },
  support: { right: 98, recall: 25, before: "61 / 38" },
  assistant: { right: 98, recall: 45, before: "86 / 73" },
  open: { right: 95, recall: null, before: "45–67 / –" },
};

export interface KnownRow {
  register: string;
  lines: string;
  drawn: number;
  "right %": number;
  "aim for right": number | null;
  "recall %": number;
  "aim for recall": number | null;
  "quoted or known %": number;
  "first reader (right / recall)": string;
}

/**
 * What is read from lines that were labelled by hand before the reader saw them: of the facts that are drawn, how many the
 * labels have; of the labelled facts, how many are drawn; and how many of them are at least in a sentence that is quoted.
 */
export async function evaluateKnown(): Promise<KnownRow[]> {
  const text = readFileSync(join(import.meta.dirname, "lines.jsonl"), "utf8");
  const lines = text
    .trim()
    .split("\n")
    .map((line) => lineSchema.parse(JSON.parse(line)));
  const rows: KnownRow[] = [];
  for (const register of REGISTERS)
    for (const split of SPLITS) {
      const own = lines.filter((line) => line.register === register && line.split === split);
      if (own.length > 0) rows.push(await evaluateLines(register, `${split} (${own.length})`, own));
    }
  return rows;
}

async function evaluateLines(
  register: (typeof REGISTERS)[number],
  shown: string,
  lines: LabelledLine[],
): Promise<KnownRow> {
  const tally = { drawn: 0, right: 0, labelled: 0, found: 0, quoted: 0 };
  for (const line of lines) {
    const facts = await readLine(line.text);
    const known = facts
      .filter(({ name, kind, isOfKnown, follows }) => name !== SAID && kind !== "closes" && !isOfKnown && !follows)
      .map((fact) => endWith(fact, facts));
    const quotes = facts.filter(({ name }) => name === SAID).map(({ fact }) => fact.toLowerCase());
    const isFound = (label: Label) => known.some((fact) => isFact(fact, label));
    const wrong = known.filter((fact) => ![...line.known, ...line.maybe].some((label) => isFact(fact, label)));
    if (process.env.LETHE_EVAL_SHOW && wrong.length > 0)
      console.log(
        line.text,
        wrong.map(({ name, target, attributes }) => [name, target, attributes?.value]),
      );
    tally.drawn += known.length;
    tally.right += known.length - wrong.length;
    tally.labelled += line.known.length;
    tally.found += line.known.filter(isFound).length;
    tally.quoted += line.known.filter(
      (label) => isFound(label) || quotes.some((quote) => quote.includes(label.o.toLowerCase())),
    ).length;
  }
  const { right, recall, before } = AIMS[register];
  const isOdd = lines.every(({ split }) => split === "odd");
  const share = (part: number, whole: number) => Math.round((1000 * part) / Math.max(1, whole)) / 10;
  return {
    register,
    lines: shown,
    drawn: tally.drawn,
    "right %": share(tally.right, tally.drawn),
    "aim for right": isOdd ? null : right,
    "recall %": share(tally.found, tally.labelled),
    "aim for recall": isOdd ? null : recall,
    "quoted or known %": share(tally.quoted, tally.labelled),
    "first reader (right / recall)": before,
  };
}

async function readLine(content: string): Promise<FoundFact[]> {
  const episode = {
    uuid: "",
    source: "message" as const,
    content,
    sourceDescription: null,
    saidAt: new Date("2024-05-15T10:00:00Z"),
    before: [],
    speaker: { kind: "person" as const },
  };
  const names: [string, string] = ["Jane Smith", "Jane"];
  const person = { names, email: null, userId: "user" };
  const setting = { person, ontology: { entityTypes: [], edgeTypes: [] }, known: { nodes: [], facts: [] } };
  return (await rules.read(episode, setting)).facts;
}

/** Relations that say the same more or less finely. */
const NEAR: Readonly<Record<string, string[]>> = {
  HAS_PET: ["HAS_DOG", "HAS_CAT"],
  HAS_CHILD: ["HAS_SON", "HAS_DAUGHTER"],
  LIKES: ["HAS_FAVORITE", "PLAYS", "HAS_HOBBY", "PREFERS", "COLLECTS"],
  HAS_HOBBY: ["LIKES", "PLAYS", "COLLECTS"],
  HAS_FAVORITE: ["LIKES"],
  PLAYS: ["LIKES"],
  STUDIES: ["LEARNS"],
  LEARNS: ["STUDIES"],
  DISLIKES: ["NOT_LIKES"],
  OWNS: ["DRIVES", "HAS_DEVICE"],
  USES: ["HAS_DEVICE"],
  DRIVES: ["OWNS"],
};

/** What the same line ends as well is over: "my husband Frank died". */
function endWith(fact: FoundFact, facts: readonly FoundFact[]): FoundFact {
  const isClosed = facts.some(
    ({ kind, name, source, target }) =>
      /^(?:ends|closes)$/.test(kind) &&
      name === fact.name &&
      source === fact.source &&
      target === fact.target &&
      target !== source,
  );
  return isClosed ? { ...fact, kind: "ends" } : fact;
}

function isFact(fact: FoundFact, { s, r, o, over = false }: Label): boolean {
  const target = fact.target === fact.source ? String(fact.attributes?.value ?? "") : (fact.target ?? "user");
  const isOver = fact.kind === "ends" || fact.invalidAt !== null;
  return (
    stripArticleAndPlural((fact.source ?? "user").replace("Jane Smith's", "user's")) === stripArticleAndPlural(s) &&
    (fact.name === r || (NEAR[r] ?? []).includes(fact.name)) &&
    stripArticleAndPlural(target) === stripArticleAndPlural(o) &&
    isOver === over
  );
}

/** Without article, case and the ending of the plural, which labels and facts write differently. */
function stripArticleAndPlural(words: string): string {
  return words
    .toLowerCase()
    .replace(/^(?:an?|the|my|order) /, "")
    .replace(/(?<=\p{L}{3})s$/u, "")
    .trim();
}
