/** What fills the place of an object. */
export interface Slot {
  text: string;
  /** A named or typed thing of its own, with the label it gets; a plain value has none. */
  label: string | null;
  /** "The car": it is one that was spoken of before. Such a thing can end, and cannot begin. */
  isDefinite?: true;
}

export function toNode(text: string | null, label: string): Slot | null {
  return text === null ? null : { text, label };
}

export function toValue(text: string | null): Slot | null {
  return text === null ? null : { text, label: null };
}
