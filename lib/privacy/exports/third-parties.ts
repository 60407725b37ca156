import { formatJson } from "#lib/json.ts";

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const TELEPHONE = /(?<![\w.-])\+?\d[\d ()/-]{7,}\d(?![\w-])/g;
/** Numbers that are times or ids, and no one's telephone. */
const NO_TELEPHONE = /^\d{4}-\d\d|^\d{1,2}\/\d{1,2}\/|^0{4}/;

/**
 * Collects which lines of an export are about other people as well: the right to a copy must not harm them (GDPR, Art. 15(4)
 * and 20(4)), so somebody looks at these lines before it is handed over.
 */
export class ThirdParties {
  readonly #own: ReadonlySet<string>;
  readonly #flags: string[] = [];

  /** @param own what the person is called and reached by. */
  constructor(own: readonly (string | null)[]) {
    this.#own = new Set(own.flatMap((value) => (value ? [value.toLowerCase()] : [])));
  }

  /** Notes a line that names these people, or holds somebody's address or number. */
  flag(file: string, { uuid, line }: { uuid: string | null; line: string }, people: readonly string[]): void {
    const isOwn = (value: string) => this.#own.has(value.toLowerCase());
    const addresses = (line.match(EMAIL) ?? []).filter((value) => !isOwn(value));
    const numbers = (line.match(TELEPHONE) ?? []).filter((value) => !isOwn(value) && !NO_TELEPHONE.test(value));
    const why = [
      ...people.map((name) => `names ${name}`),
      ...(addresses.length > 0 ? ["holds an e-mail address that is not theirs"] : []),
      ...(numbers.length > 0 ? ["holds a telephone number"] : []),
    ];
    if (why.length > 0) this.#flags.push(formatJson({ file, uuid, why }));
  }

  /** One line for each that was noted. */
  get lines(): readonly string[] {
    return this.#flags;
  }
}
