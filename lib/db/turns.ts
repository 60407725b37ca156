const last = new Map<string, Promise<unknown>>();

/**
 * Lets work of this process that would wait for the same lock queue here, so that the writers of one busy person use one
 * connection together instead of one each.
 */
export async function queueByName<T>(name: string, work: () => Promise<T>): Promise<T> {
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
