import { randomBytes } from "node:crypto";
import type { EpisodeText, Setting, Speaker } from "#lib/extraction/schema.ts";

/** How Graphiti does it: so many episodes of context, and the beginning of a summary (RELEVANT_SCHEMA_LIMIT, dedupe_nodes.py). */
const MOST_BEFORE = 10;
const LONGEST_SUMMARY = 120;
const LONGEST_BEFORE = 1_000;

/**
 * What the model is given to read: one JSON object between two marks that nobody could have written into it, since they
 * are drawn anew each time. The facts' ids are their places in `setting.known.facts`.
 */
export function buildInput(episode: EpisodeText, setting: Setting): string {
  const data = JSON.stringify({
    reference_time: episode.saidAt,
    person: setting.person?.names[0] ?? null,
    source: episode.source,
    source_description: episode.sourceDescription,
    known_entities: setting.known.nodes.map(({ name, labels, summary }) => ({
      name,
      kinds: labels.filter((label) => label !== "Entity"),
      summary: summary.slice(0, LONGEST_SUMMARY),
    })),
    known_facts: setting.known.facts.map(({ name, fact }, id) => ({ id, relation: name, fact })),
    before: episode.before.slice(-MOST_BEFORE).map(({ speaker, content }) => ({
      speaker: getSpeakerName(speaker, setting),
      said: content.slice(0, LONGEST_BEFORE),
    })),
    current: { speaker: getSpeakerName(episode.speaker, setting), said: episode.content },
  });
  const mark = randomBytes(12).toString("hex");
  return `<data ${mark}>\n${data}\n</data ${mark}>`;
}

function getSpeakerName(speaker: Speaker, { person }: Setting): string {
  if (speaker.kind === "other") return speaker.name;
  return speaker.kind === "person" ? (person?.names[0] ?? "user") : "assistant";
}
