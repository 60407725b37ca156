import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Actor } from "#lib/auth/actor.ts";
import { parseCases, runCase } from "#prisma/memory-cases/run-case.ts";

export interface ChangeRow {
  of: string;
  split: string;
  right: string;
  "right %": number;
  "aim %": number | null;
  "first reader": string;
}

const SETS = [
  { of: "stories of change", file: "stories.jsonl", aim: 94, before: "21 of 35" },
  { of: "records", file: "records.jsonl", aim: 100, before: "14 of 20" },
];

/** Stories of change and business records, each with what has to be known and over in the end; right is the whole story. */
export async function evaluateChanges(makeActor: () => Promise<Actor>): Promise<ChangeRow[]> {
  const rows: ChangeRow[] = [];
  for (const { of, file, aim, before } of SETS) {
    const lines = readFileSync(join(import.meta.dirname, file), "utf8")
      .trim()
      .split("\n");
    for (const split of ["development", "fresh", "held-out", "chats", "odd"]) {
      const own = lines.filter((line) => line.includes(`"split": "${split}"`));
      if (own.length === 0) continue;
      const cases = parseCases(own.join("\n"));
      let right = 0;
      for (const each of cases) {
        const wrong = await runCase(await makeActor(), each);
        if (wrong.length === 0) right += 1;
        else if (process.env.LETHE_EVAL_SHOW)
          console.log(
            each.kind,
            each.turns.map(({ text }) => text),
            wrong,
          );
      }
      const share = Math.round((1000 * right) / Math.max(1, cases.length)) / 10;
      rows.push({
        of,
        split,
        right: `${right} of ${cases.length}`,
        "right %": share,
        "aim %": split === "odd" ? null : aim,
        "first reader": before,
      });
    }
  }
  return rows;
}
