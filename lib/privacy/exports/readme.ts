import type { ArchiveFile } from "#lib/privacy/exports/zip.ts";

interface About {
  madeAt: Date;
  summary: readonly string[];
  facts: readonly string[];
  /** How many current facts there are in all. */
  current: number;
  files: readonly ArchiveFile[];
  thirdParty: number;
}

const MEANING: Readonly<Record<string, string>> = {
  "user.json": "the record: id, name, address, what an application noted of you",
  "sessions.jsonl": "your conversations",
  "messages.jsonl": "every message in them",
  "data.jsonl": "records and texts that an application put in",
  "graph/names.jsonl": "what things and people are called beside their own names",
  "graph/edits.jsonl": "what was stated, corrected or deleted by hand",
  "ended-sessions.jsonl": "conversations that have been ended",
  "graph/nodes.jsonl": "who and what is known of",
  "graph/facts.jsonl": "what is or was believed about you, from when until when, and what each was drawn from",
  "graph/summaries.jsonl": "every version of the summary of you",
  "views.jsonl": "who has looked at what of you in the console, by their role",
  "third-party.jsonl": "which of these lines are about other people as well",
};

/** The page that a person opens first: what is remembered of them in plain words, and what is in the other files. */
export function makeReadme({ madeAt, summary, facts, current, files, thirdParty }: About): string {
  const rows = files.map(
    ({ name, lines, bytes }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(MEANING[name] ?? "")}</td><td>${lines}</td><td>${bytes}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A copy of your data</title>
<style>
body { font: 17px/1.6 Georgia, serif; max-width: 65ch; margin: 3rem auto; padding: 0 1rem; color: #1d2129; background: #fbf9f4 }
h1, h2 { line-height: 1.25 } h2 { margin-top: 2.5rem } code, pre, table { font-size: 14px } table { border-collapse: collapse; width: 100% }
td, th { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #d9d4c7 } pre { overflow-x: auto }
@media (prefers-color-scheme: dark) { body { color: #e6e3da; background: #15181d } td, th { border-color: #333842 } }
</style></head><body>
<h1>A copy of your data</h1>
<p>This is everything that is stored about you here, as of ${escapeHtml(madeAt.toISOString())}.</p>
<h2>What is remembered of you</h2>
${summary.length > 0 ? summary.map((text) => `<p>${escapeHtml(text)}</p>`).join("\n") : "<p>Nothing has been summed up.</p>"}
<h2>What is believed to be so now</h2>
${facts.length > 0 ? `<ul>\n${facts.map((fact) => `<li>${escapeHtml(fact)}</li>`).join("\n")}\n</ul>` : "<p>Nothing.</p>"}
${current > facts.length ? `<p>These are ${facts.length} of ${current}; all are in <code>graph/facts.jsonl</code>.</p>` : ""}
<h2>The files</h2>
<p>Each line of a file is one thing, in JSON. ${
    thirdParty > 0
      ? `${thirdParty} lines are about other people as well; <code>third-party.jsonl</code> says which.`
      : "No line was found to be about other people."
  }</p>
<table><thead><tr><th>File</th><th>What it holds</th><th>Lines</th><th>Bytes</th></tr></thead><tbody>
${rows.join("\n")}
</tbody></table>
<h2>How to check that nothing was changed</h2>
<pre>sh verify.sh manifest.jws public.pem
sha256sum -c SHA256SUMS</pre>
<p>The first line checks the signature over the manifest and prints it, with the digest of each file. The second checks the files.</p>
</body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
