import { NIL_UUID } from "#lib/uuid.ts";

/**
 * Rows in the order of their uuids, read a page at a time, so that not all of them are ever in memory.
 * @param readPage reads the first `size` rows whose uuid comes after this one.
 */
export async function* readByUuid<Row extends { uuid: string }>(
  size: number,
  readPage: (after: string) => Promise<Row[]>,
): AsyncGenerator<Row> {
  for (let after = NIL_UUID; ; ) {
    const page = await readPage(after);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < size) return;
    after = last.uuid;
  }
}
