import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { findDataFile } from "#bench/eval/data.ts";
import { rules } from "#lib/extraction/reader/extractor.ts";
import type { End, FoundFact } from "#lib/extraction/schema.ts";

const factSchema = z.object({
  s: z.string(),
  r: z.string(),
  o: z.string(),
  t: z.string().optional(),
  ended: z.boolean().optional(),
  neg: z.boolean().optional(),
});
type Gold = z.infer<typeof factSchema>;
const setSchema = z.object({
  ref: z.string(),
  user: z.object({ first_name: z.string(), last_name: z.string() }),
  items: z.array(z.object({ id: z.number(), text: z.string(), facts: z.array(factSchema) })),
});

export interface ExtractionRow {
  sentences: string;
  facts: number;
  precision: number;
  recall: number;
  dates: string;
}

const SETS: [name: string, file: () => string][] = [
  ["gold25", () => findDataFile("extraction", "gold25.json")],
  ["our development set", () => join(import.meta.dirname, "sentences.json")],
  ["our held-out set", () => join(import.meta.dirname, "sentences-held-out.json")],
];

/** Precision and recall of the facts that rules draw from sentences, beside what a careful reader draws. */
export async function evaluateExtraction(): Promise<ExtractionRow[]> {
  return Promise.all(SETS.map(([name, file]) => evaluateSet(name, file())));
}

async function evaluateSet(name: string, file: string): Promise<ExtractionRow> {
  const { ref, user, items } = setSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const names: [string, string] = [`${user.first_name} ${user.last_name}`, user.first_name];
  const tally = { gold: 0, found: 0, drawn: 0, right: 0, dated: 0, onDate: 0 };
  for (const { text, facts: gold } of items) {
    const episode = {
      uuid: "",
      source: "message" as const,
      content: text,
      sourceDescription: null,
      saidAt: new Date(ref),
      before: [],
      speaker: { kind: "person" as const },
    };
    const setting = {
      person: { names, email: null, userId: "user" },
      ontology: { entityTypes: [], edgeTypes: [] },
      known: { nodes: [], facts: [] },
    };
    const { facts } = await rules.read(episode, setting);
    const matched = new Set<FoundFact>();
    for (const one of gold) {
      const found = facts.find((fact) => !matched.has(fact) && isMatch(one, fact));
      if (found) matched.add(found);
      tally.found += found ? 1 : 0;
      if (!one.t) continue;
      tally.dated += 1;
      tally.onDate += (found?.validAt ?? found?.invalidAt)?.toISOString().startsWith(one.t) ? 1 : 0;
    }
    // A fact that repeats a correct one in other words counts neither as right nor as wrong.
    const judged = facts.filter((fact) => matched.has(fact) || !gold.some((one) => isMatch(one, fact)));
    tally.gold += gold.length;
    tally.drawn += judged.length;
    tally.right += matched.size;
  }
  const roundShare = (part: number, whole: number) => Number((part / Math.max(1, whole)).toFixed(3));
  const { gold, found, drawn, right, dated, onDate } = tally;
  return {
    sentences: name,
    facts: gold,
    precision: roundShare(right, drawn),
    recall: roundShare(found, gold),
    dates: `${onDate} of ${dated}`,
  };
}

const OVER = /^(QUIT|STOP|CANCEL|LEAVE|SPLIT|DITCH|END|DROP|NOT)/;

/**
 * Whether a drawn fact is one that the reader drew: subject and object occur in its ends or its sentence, either way
 * round; the relation fits the reader's pattern by its name or its verb; what is over or denied is drawn as such.
 */
function isMatch(gold: Gold, fact: FoundFact): boolean {
  const words = fact.fact.toLowerCase();
  const [source, target] = [getEndName(fact.source), getEndName(fact.target)];
  const subject = gold.s === "*" || source.includes(gold.s) || (gold.s !== "user" && words.includes(gold.s));
  const object = gold.o === "*" || target.includes(gold.o) || (gold.o !== "user" && words.includes(gold.o));
  const turned = gold.o !== "user" && source.includes(gold.o) && target.includes(gold.s);
  if (!((subject && object) || turned)) return false;
  const relation = new RegExp(gold.r, "i");
  if (!relation.test(fact.name.toLowerCase().replaceAll("_", " ")) && !relation.test(words)) return false;
  if (gold.ended ? fact.kind !== "ends" && !OVER.test(fact.name) : fact.kind === "ends") return false;
  return !gold.neg || fact.name.startsWith("NOT_") || /\b(not|never|no|nobody|none)\b/.test(words);
}

function getEndName(end: End): string {
  return end === null ? "user" : end.toLowerCase();
}
