/** What is exported of a person, each part with the file it is in, in the order in which an import takes them. */
export const EXPORT_FILES = {
  user: "user.json",
  sessions: "sessions.jsonl",
  messages: "messages.jsonl",
  data: "data.jsonl",
  names: "graph/names.jsonl",
  edits: "graph/edits.jsonl",
  ends: "ended-sessions.jsonl",
} as const;

export type ExportPart = keyof typeof EXPORT_FILES;

export const EXPORT_PARTS = Object.keys(EXPORT_FILES).filter((name): name is ExportPart => name in EXPORT_FILES);
