import { readFileSync } from "node:fs";
import { analyseText } from "#lib/extraction/syntax/analyse.ts";
for (const t of readFileSync(process.argv[2]!, "utf8").trim().split("\n"))
  for (const s of analyseText(t)) console.log(s.map((k, i) => `${i}:${k.text}/${k.xpos}/${k.head}/${k.relation}`).join(" "));
