import { readFileSync } from "node:fs";
import { rules } from "#lib/extraction/reader/extractor.ts";
import { analyseText } from "#lib/extraction/syntax/analyse.ts";
const tree = process.argv.includes("-t");
for (const content of readFileSync(0, "utf8").trim().split("\n")) {
  const episode = { uuid: "", source: "message" as const, content, sourceDescription: null, saidAt: new Date("2024-05-15T10:00:00Z"), before: [], speaker: { kind: "person" as const } };
  const setting = { person: { names: ["Jane Smith", "Jane"] as [string, string], email: null, userId: "user" }, ontology: { entityTypes: [], edgeTypes: [] }, known: { nodes: [], facts: [] } };
  const { facts, forgets } = await rules.read(episode, setting) as any;
  console.log("> " + content);
  if (tree) for (const s of analyseText(content)) console.log("   " + s.map((t, i) => `${i}:${t.text}/${t.xpos}/${t.relation}>${t.head}`).join(" "));
  for (const f of facts) if (f.name !== "SAID") console.log(`   ${f.kind} ${f.source ?? "user"} ${f.name} ${f.target ?? "user"} ${f.attributes?.value ?? ""} ${f.validAt?.toISOString().slice(0,10) ?? ""}..${f.invalidAt?.toISOString().slice(0,10) ?? ""} ${f.isOfKnown ? "(of known)" : ""}`);
  if (forgets) console.log("   forgets", JSON.stringify(forgets));
}
