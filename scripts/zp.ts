import { readFileSync } from "node:fs";
import { readSpeech } from "#lib/extraction/reader/speech.ts";

const at = new Date(process.argv[3] ?? "2024-05-15T10:00:00Z");
for (const text of readFileSync(process.argv[2]!, "utf8").trim().split("\n")) {
  const { facts } = readSpeech(
    {
      uuid: "",
      source: "message",
      content: text,
      sourceDescription: null,
      speaker: { kind: "person" },
      saidAt: at,
      before: [],
    } as any,
    {
      person: { names: ["Jane Smith", "Jane"], email: null, userId: "u" },
      ontology: { entityTypes: [], edgeTypes: [] },
      known: { nodes: [], facts: [] },
    } as any,
  );
  console.log(
    text.padEnd(5),
    facts
      .map(
        (f) =>
          `${f.kind === "holds" ? "" : f.kind + " "}${f.source ?? "U"} ${f.name} ${f.target === f.source ? `"${f.attributes?.value ?? ""}"` : (f.target ?? "U")}${f.validAt ? " from " + f.validAt.toISOString().slice(0, 10) : ""}${f.invalidAt ? " until " + f.invalidAt.toISOString().slice(0, 10) : ""}`,
      )
      .join(" | "),
  );
}
