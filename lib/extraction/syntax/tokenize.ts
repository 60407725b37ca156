/** A word or a sign as the treebank parts them, and where it stands in the text. */
export interface Piece {
  text: string;
  start: number;
  end: number;
}

/** Runs longer than this are no words; whoever writes them says nothing that could be analysed. */
const LONGEST_RUN = 200;

/** What stands as a whole whatever signs it holds, the first that fits. */
const WHOLE = [
  /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]']/uy,
  /www\.[^\s<>"]+[^\s<>".,;:!?)\]']/uy,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/uy,
  /[@#][\p{L}\p{N}_]+/uy,
  /(?:[:;=8][-o']?[)(DPp\]/\\|3]|<3|\^_\^)(?![\p{L}\p{N}])/uy,
  // An abbreviation with its stops, a title, "Node.js", "C++", "3M", "O'Brien" and names with signs inside.
  /(?:\p{L}\.){2,}/uy,
  /(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|e\.g|i\.e|approx|No|Inc|Ltd|Co|Corp)\.(?=\s+\p{L}|,)/uy,
  /\p{L}[\p{L}\p{N}]*\.(?:js|net|io|com|org|ai|co|py|rs)\b/uy,
  /\p{Lu}{1,3}&\p{Lu}{1,3}(?!\p{L})/uy,
  /[\p{L}]\+\+|[\p{L}]#(?!\p{L})/uy,
  /[OD]['’]\p{Lu}\p{L}+/uy,
  /\d{1,4}[/-]\d{1,2}[/-]\d{1,4}(?!\p{N})/uy,
  // Numbers with their separators, times, ordinals, and what is measured without a space.
  /\d{1,2}:\d{2}(?::\d{2})?/uy,
  /\d+(?:[.,]\d+)*(?:st|nd|rd|th|s|k|K|M|bn)?(?![\p{L}\p{N}])/uy,
  /\d+(?:[.,]\d+)*(?=(?:am|pm|AM|PM|kg|km|cm|mm|mg|ml|hrs?|mins?|yrs?|yo)(?![\p{L}\p{N}]))/uy,
  /\p{Lu}\.(?=\s+\p{Lu})/uy,
  /e-?mails?(?!\p{L})/iuy,
  /(?:non|mis|counter|pre|re|co|ex|anti|semi|multi|inter|post|mid)-\p{L}+/iuy,
  /\p{L}\/\p{L}(?!\p{L})/uy,
  /[\p{L}\p{N}_-]+\.(?:txt|pdf|docx?|xlsx?|pptx?|html?|jpe?g|png|zip|csv|mp3)(?!\p{L})/iuy,
];

/** Signs that are written more than once to say one thing. */
const RUN = /[.!?]{2,}|-{2,}|={2,}|\*{2,}|\${2,}|<{2,}|>{2,}|~{2,}|_{2,}/uy;

const WORD = /[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}]+)*['’]?/uy;

/** The endings that the treebank parts from a word: "do|n't", "I|'m", "Anna|'s". */
const CLITIC = /(?:n['’]t|['’](?:s|m|re|ve|ll|d))$/iu;

/** Words that are two. */
const FUSED: Record<string, number> = {
  cannot: 3,
  gonna: 3,
  wanna: 3,
  gotta: 3,
  gimme: 3,
  lemme: 3,
  dont: 2,
  didnt: 3,
  doesnt: 4,
  isnt: 2,
  arent: 3,
  aint: 2,
  wasnt: 3,
  werent: 4,
  havent: 4,
  hasnt: 3,
  hadnt: 3,
  wouldnt: 5,
  couldnt: 5,
  shouldnt: 6,
  wont: 2,
  cant: 2,
  alot: 1,
  im: 1,
  ive: 1,
  hes: 2,
  shes: 3,
  thats: 4,
  whats: 4,
  theres: 5,
  youre: 3,
  theyre: 4,
  weve: 2,
  youve: 3,
  theyve: 4,
};

/** Parts a text into words and signs. Every piece is a stretch of the text; only white space lies between them. */
export function tokenizeText(text: string): Piece[] {
  const pieces: Piece[] = [];
  const add = (start: number, end: number) => pieces.push({ text: text.slice(start, end), start, end });
  for (let at = 0; at < text.length; ) {
    if (/\s/u.test(text[at] ?? "")) {
      at += 1;
      continue;
    }
    const end = findEnd(text, at);
    for (const cut of partWord(text.slice(at, end))) {
      add(at, at + cut);
      at += cut;
    }
  }
  return pieces;
}

function findEnd(text: string, at: number): number {
  const within = text.slice(at, at + LONGEST_RUN);
  const opensWord = at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "");
  for (const pattern of opensWord ? WHOLE : []) {
    pattern.lastIndex = 0;
    const found = pattern.exec(within);
    if (found) return at + found[0].length;
  }
  RUN.lastIndex = 0;
  const run = RUN.exec(within)?.[0];
  if (run) return at + run.length;
  WORD.lastIndex = 0;
  const word = WORD.exec(within)?.[0];
  if (word) return at + (/['’]$/.test(word) && !/s['’]$/i.test(word) ? word.length - 1 : word.length);
  const [sign = ""] = within;
  return at + sign.length;
}

/** How long each part of a word is. */
function partWord(word: string): number[] {
  const fused = FUSED[word.toLowerCase()];
  if (fused !== undefined) return [fused, word.length - fused];
  const clitic = CLITIC.exec(word)?.[0].length ?? 0;
  if (clitic > 0 && clitic < word.length) return [...partWord(word.slice(0, -clitic)), clitic];
  return /.['’]$/.test(word) ? [word.length - 1, 1] : [word.length];
}

const ENDS = /^(?:[.!?…]+|\.{2,})$/;
const CLOSES = /^["”’')\]]$/;
/** A sentence longer than this is cut: it is a list or no language, and the parser's work grows with it. */
const MOST_WORDS = 120;

/** How a question begins that is asked behind a statement and a comma: "I drive a Fiesta, what oil does it take?" */
const ASKS = /^(?:which|what|how|where|why|who|can|could|would|should|shall|do|does|did|is|are|any)$/i;
const ASKS_OF = /^(?:you|u|i|we|they|it|there|he|she|someone|somebody|anyone|anybody|idea|ideas|tips|chance)$/i;
const HELPS = /^(?:can|could|would|should|shall|do|does|did|is|are|any)$/i;
const STATES = /^(?:i|i['’]m|im|ive|we|my|our|got|just)$/i;

/** A statement, and the question behind its comma: the comma is no part of either. */
function partQuestion(sentence: Piece[]): Piece[][] {
  if (!STATES.test(sentence[0]?.text ?? "")) return [sentence];
  const comma = sentence.findIndex(
    ({ text }, at) =>
      at >= 3 &&
      text === "," &&
      ASKS.test(sentence[at + 1]?.text ?? "") &&
      (!HELPS.test(sentence[at + 1]?.text ?? "") || ASKS_OF.test(sentence[at + 2]?.text ?? "")),
  );
  return comma < 0 ? [sentence] : [sentence.slice(0, comma), sentence.slice(comma + 1)];
}

/**
 * Parts pieces into sentences: after a stop, where a line ends that no other goes on from, and before a question that follows
 * a statement.
 */
export function splitSentences(text: string, pieces: readonly Piece[]): Piece[][] {
  return splitAtStops(text, pieces).flatMap(partQuestion);
}

function splitAtStops(text: string, pieces: readonly Piece[]): Piece[][] {
  const sentences: Piece[][] = [];
  let current: Piece[] = [];
  for (const [index, piece] of pieces.entries()) {
    current.push(piece);
    const next = pieces[index + 1];
    const gap = next ? text.slice(piece.end, next.start) : "";
    const stops = ENDS.test(piece.text) || (CLOSES.test(piece.text) && ENDS.test(pieces[index - 1]?.text ?? ""));
    const goesOn = next === undefined || ENDS.test(next.text) || CLOSES.test(next.text);
    if ((stops && !goesOn && gap !== "") || /\n/.test(gap) || current.length >= MOST_WORDS) {
      sentences.push(current);
      current = [];
    }
  }
  return current.length > 0 ? [...sentences, current] : sentences;
}
