import { createHash } from "node:crypto";
import { Zip, ZipDeflate } from "fflate";

/** A file of an archive, as its manifest tells it. */
export interface ArchiveFile {
  name: string;
  /** Of what the file holds, not of how it is packed. */
  sha256: string;
  bytes: number;
  lines: number;
}

/** Enough of an archive to be stored as one piece. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** Writes a ZIP archive file by file and hands it over in pieces, so that none is ever whole in memory. */
export class ArchiveWriter {
  readonly files: ArchiveFile[] = [];
  /** Of the archive so far. */
  bytes = 0;
  readonly #store: (piece: Buffer) => Promise<void>;
  readonly #zip: Zip;
  #packed: Uint8Array[] = [];
  #pending = 0;

  /** @param store takes each piece before the next is made. */
  constructor(store: (piece: Buffer) => Promise<void>) {
    this.#store = store;
    this.#zip = new Zip((error, chunk) => {
      if (error) throw error;
      this.#packed.push(chunk);
      this.#pending += chunk.length;
    });
  }

  /** Adds a file of these lines, each ended by a newline. */
  async addLines(name: string, lines: AsyncIterable<string> | Iterable<string>): Promise<void> {
    const entry = new ZipDeflate(name, { level: 6 });
    this.#zip.add(entry);
    const hash = createHash("sha256");
    const file = { name, bytes: 0, lines: 0 };
    for await (const line of lines) {
      const bytes = Buffer.from(`${line}\n`);
      hash.update(bytes);
      file.bytes += bytes.length;
      file.lines += 1;
      entry.push(bytes);
      if (this.#pending >= PIECE_BYTES) await this.#storePending();
    }
    entry.push(new Uint8Array(0), true);
    this.files.push({ ...file, sha256: hash.digest("hex") });
  }

  /** Ends the archive and hands over what is left of it. */
  async end(): Promise<void> {
    this.#zip.end();
    await this.#storePending();
  }

  async #storePending(): Promise<void> {
    const piece = Buffer.concat(this.#packed);
    this.#packed = [];
    this.#pending = 0;
    this.bytes += piece.length;
    await this.#store(piece);
  }
}
