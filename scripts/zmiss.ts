import { readFileSync } from "node:fs";
import { readSpeech } from "#lib/extraction/reader/speech.ts";
const splits = process.argv[2]!.split(",");
const file = process.argv[3] ?? "bench/eval/lines.jsonl";
for (const l of readFileSync(file, "utf8").trim().split("\n")) {
  const line = JSON.parse(l);
  if (!splits.includes(line.split)) continue;
  const { facts } = readSpeech({ uuid: "", source: "message", content: line.text, sourceDescription: null, speaker: { kind: "person" }, saidAt: new Date(line.at ?? "2024-05-15T10:00:00Z"), before: [] } as any,
    { person: { names: ["Jane Smith", "Jane"], email: null, userId: "u" }, ontology: { entityTypes: [], edgeTypes: [] }, known: { nodes: [], facts: [] } } as any);
  const got = facts.filter((f) => f.name !== "SAID").map((f) => ({ k: f.kind, s: f.source ?? "user", r: f.name, o: String(f.target === f.source ? (f.attributes?.value ?? "") : f.target ?? "user") }));
  const norm = (x: string) => x.toLowerCase().replace(/^(an?|the|my) /, "");
  const same = (a: any, b: any) => a.r === b.r && norm(a.s) === norm(b.s) && (norm(a.o) === norm(b.o ?? ""));
  const missed = (line.known ?? []).filter((k: any) => !got.some((g) => same(g, k)));
  const extra = got.filter((g) => g.k !== "closes" && ![...(line.known ?? []), ...(line.maybe ?? [])].some((k: any) => same(g, k)));
  if (missed.length || extra.length) console.log(`${line.register}: ${line.text}\n    ${missed.map((m: any) => `- ${m.s} ${m.r} ${m.o}`).join("  ")}  ${extra.map((m: any) => `+ ${m.k} ${m.s} ${m.r} ${m.o}`).join("  ")}`);
}
