import { z } from "zod";
import { findDataFile, readJsonLines } from "#bench/eval/data.ts";
import type { Actor } from "#lib/auth/actor.ts";
import { db } from "#lib/db/client.ts";
import { rules } from "#lib/extraction/reader/extractor.ts";
import { processWaitingEpisodes } from "#lib/ingestion/process-episodes.ts";
import { importRecords } from "#lib/transfer/mutations.ts";
import { RecordNamer } from "#lib/transfer/record-names.ts";
import { parseLine } from "#lib/transfer/records.ts";

/** What the conversations' own questions call a turn by. */
export const turnSchema = z.object({ dia_id: z.string() });

/** Imports one of the LoCoMo conversations and has it understood. */
export async function importConversation(actor: Actor, conversation: number) {
  const lines = readJsonLines(findDataFile("locomo", `conv-${conversation}.jsonl`)).map((line) => JSON.stringify(line));
  const records = lines.flatMap((line, index) => {
    const parsed = parseLine(line);
    return "record" in parsed ? [{ line: index + 1, record: parsed.record }] : [];
  });
  await importRecords(actor, records, new RecordNamer());
  const userId = `locomo-${conversation}`;
  const { projectUuid } = actor;
  const user = await db().user.findUniqueOrThrow({
    where: { projectUuid_userId: { projectUuid, userId } },
    select: { uuid: true },
  });
  while ((await processWaitingEpisodes({ projectUuid, uuid: user.uuid }, rules)).more);
  await db().$executeRaw`ANALYZE`;
  const turns = records.flatMap(({ record }) =>
    record.type === "message"
      ? [{ id: turnSchema.parse(record.metadata).dia_id, text: `${record.role}: ${record.content}` }]
      : [],
  );
  return { userId, userUuid: user.uuid, turns };
}
