import * as keys from "#lib/extraction/records/keys.ts";
import type { Span } from "#lib/extraction/records/span.ts";
import { writeCode } from "#lib/extraction/records/values.ts";
import type { End, FoundFact, Mention } from "#lib/extraction/schema.ts";

/** How a fact joins those before it, and its sentence where that is not the key's. */
interface Manner {
  kind?: FoundFact["kind"];
  single?: boolean;
  template?: string | null;
}

/** The facts of a record as they are found, and whom and what they are about. */
export class FoundInRecord {
  readonly facts: FoundFact[] = [];
  readonly nodes: Mention[] = [];

  /** Null or an empty list: whatever was there is over. */
  close(subject: End, words: string, { from }: Span): void {
    const name = keys.nameRelation(words);
    this.facts.push({
      ...this.#makeFact(subject, name, words, { from: null, until: from }),
      kind: "closes",
      target: subject,
    });
  }

  /** Adds a fact under its key's words; the object is a node by its name, or a value. */
  add(
    subject: End,
    words: string,
    object: { node: End } | { value: string },
    { from, until, kind = "holds", single = true, template = null }: Span & Manner,
  ): void {
    const made = this.#makeFact(subject, keys.nameRelation(words), words, { from, until });
    const fact = template === null ? made : { ...made, fact: template };
    if ("node" in object) {
      if (object.node !== subject) this.facts.push({ ...fact, kind, single, target: object.node });
    } else if (object.value !== "") {
      const value = object.value.replace(/[{}]/g, "");
      this.facts.push({
        ...fact,
        kind,
        single,
        target: subject,
        fact: fact.fact.replace("{object}", () => writeCode(value)),
        attributes: { value },
      });
    }
  }

  #makeFact(source: End, name: string, words: string, { from, until }: Span): FoundFact {
    return {
      kind: "holds",
      source,
      target: source,
      name,
      fact: keys.getKnownTemplate(words) ?? keys.makeRecordTemplate(words, source === null),
      single: true,
      // What ends before it begins is over, whenever it began.
      validAt: from && until && until < from ? null : from,
      invalidAt: until,
      confidence: 1,
    };
  }

  /** Notes a node; "Entity" is no kind of its own. */
  mention(end: End, label: string): void {
    if (end !== null) this.nodes.push({ name: end, labels: label === "Entity" ? [] : [label] });
  }
}
