import { open, rename } from "node:fs/promises";
import { createServer } from "node:net";

/** Replaces a file so that a reader, or a crash, sees the old content or the new and nothing between (mode 600). */
export async function replaceFile(file: string, content: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

/** A port on loopback that nobody listens on at the moment. */
export function findFreePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? done(address.port) : fail(new Error("no port"))));
    });
  });
}

export function isPortFree(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer().once("error", () => done(false));
    server.listen(port, host, () => server.close(() => done(true)));
  });
}
