const last = new Map<string, Promise<unknown>>();

/**
 * Lets those of this process who would only wait for each other in the database do their waiting here, so that a busy
 * person's writers hold one connection together and not one each.
 */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = last.get(name);
  const own = (before ?? Promise.resolve()).then(work, work);
  const settled = own.catch(() => undefined);
  last.set(name, settled);
  try {
    return await own;
  } finally {
    if (last.get(name) === settled) last.delete(name);
  }
}
