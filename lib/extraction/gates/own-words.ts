/**
 * Leaves of a message what its writer says, and blanks the rest: quotations, replies, code, markup, forwarded mail, chat
 * logs, text handed over to be worked on, examples and role-play. All of it says nothing of the writer. Every character
 * that stays keeps its place.
 */
export function keepOwnWords(text: string): string {
  return [decodeMarkup, ...FOREIGN.map(blankWith), blankQuotations].reduce((left, step) => step(left), text);
}

/** What is not the writer's own, in the order in which it is looked for. Where a group is named, only that is blanked. */
const FOREIGN: RegExp[] = [
  // Code.
  /```[\s\S]*?(?:```|$)/g,
  /`[^`\n]+`/g,
  // What a client writes in the place of what was sent along.
  /\[(?:shar|send|sent|attach|image|photo|video|picture|gif|sticker|audio|voice|file|document|link)[^\]\n]{0,400}\]/gi,
  // Replies and forwarded mail: from there on it is somebody else's.
  /^[ \t]*>.*$/gm,
  /^-{2,}\s*(?:original|forwarded) message[\s\S]*/gim,
  /^On [^\n]{5,120}\bwrote:[ \t]*\n[\s\S]*/gm,
  /^From:[^\n]*\n(?:(?:Sent|Date|To|Cc|Subject):[^\n]*\n)+[\s\S]*/gm,
  // Lines of a chat: with a time, with a role, or several of them.
  /^[ \t]*\[[^\]\n]{4,40}\][ \t]*[^:\n]{1,40}:.*$/gm,
  /^[ \t]*[^:\n(]{1,40}\((?:user|assistant|agent|bot|customer|client|human|ai|system)\):.*$/gim,
  /(?:^[ \t]*\p{Lu}[\p{L}.'-]*(?: \p{Lu}[\p{L}.'-]*){0,2}:[ \t]+\S.*(?:\n|$)){2,}/gmu,
  // Text to be worked on: all that follows.
  /(?<=^|[.!?,;\n]\s{0,4}|\b(?:please|can you|could you|would you|help me|to|and) )(?:translate|summari[sz]e|paraphrase|rewrite|rephrase|proofread|correct|edit|fix|shorten|improve|reformat|convert|analy[sz]e|explain|review|classify|categori[sz]e|label|tag|rate|grade|score|evaluate|critique|extract|identify|detect|find|spot|continue|complete|finish|expand|respond to|reply to|answer|check|spell-?check|look over)\b[^:\n]{0,80}:(?<rest>[\s\S]*)/dgi,
  /^[^\n]*\b(?:translate|summari[sz]e|paraphrase|rewrite|rephrase|proofread|correct|shorten|improve)\b[^\n]*\b(?:this|these|the following|below)\b[^\n]*\n(?<rest>[\s\S]*)/dgi,
  /\b(?:write|compose|draft|create|generate|tell)\b[^:\n]{0,60}\b(?:story|poem|script|dialogue|song|novel|scene|monologue|joke|tweet|post|caption|essay|letter from|speech)\b[^:\n]{0,60}:(?<rest>[\s\S]*)/dgi,
  // What records say of somebody, and what is so in a game.
  /(?<=^|[.!?\n]\s{0,4})according to (?:your|the|my) [^.!?\n]*/gi,
  /(?<=^|[.!?\n]\s{0,4})(?:the|your) (?:system|app|website|site|record|records|profile|form|bill|invoice) (?:says?|shows?|thinks?|lists?|claims?)\b[^.!?\n]*/gi,
  /(?<=^|[.!?\n]\s{0,4})[^.!?\n]*\bin (?:the |a )?(?:gta|sims|forza|stardew valley|minecraft|skyrim|zelda|roblox|fortnite|animal crossing|video ?game|game|another life)\b[^.!?\n]*/gi,
  // Examples, stories and roles: to the end of the sentence.
  /(?<=^|[.!?]\s{1,4}|\n\s{0,4})(?:for example|for instance|example|e\.g\.)\s*[:,][^.!?\n]*/gi,
  /(?<=^|[.!?\n]\s{0,4})(?:so )?in (?:my|the|our|this|a|his|her) (?:\p{L}+ ){0,2}(?:novel|story|book|screenplay|script|game|play|poem|song|dream|film|movie|fantasy|campaign)\b[^.!?\n]*/giu,
  /(?<=^|[.!?\n]\s{0,4})(?:please |now |let's |let us |can you |could you )*(?:pretend|imagine|act as|role-?play|suppose|let['’]?s say|say)\b(?! (?:hi|hello|that|to|it|no|yes)\b)[^.!?\n]*/gi,
  // What somebody is said to have been "like": to the end of the sentence.
  /(?<=\b(?:am|is|are|was|were|be|['’](?:m|s|re)) (?:all |just )?like),? ["“']?(?:I|you|he|she|we|they|oh|wow|no|yes)\b[^.!?\n]*/giu,
  // What somebody else said, after a colon; what the writer said to somebody stays.
  /(?<!\b(?:I|we|I've|I'd) (?:\p{L}{1,20} )?)\b(?:said|says|told|tells|wrote|writes|asked|replied|answered|texted|announced|claims?|claimed|posted|tweeted)\b[^:\n.!?]{0,60}:(?<rest>[^\n]*)/dgiu,
];

/** Tags become blanks, and a sign that was written as an entity stands where the entity began. */
function decodeMarkup(text: string): string {
  return text
    .replace(/<\/?[a-z][^<>\n]{0,200}>/gi, blankText)
    .replace(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (entity, name: string) =>
      (ENTITIES[name] ?? " ").padEnd(entity.length),
    );
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", "#39": "'" };

function blankWith(pattern: RegExp): (text: string) => string {
  return (text) => {
    let left = text;
    for (const found of text.matchAll(pattern)) {
      const [start, end] = found.indices?.groups?.rest ?? [found.index, found.index + found[0].length];
      left = blankStretch(left, start, end);
    }
    return left;
  };
}

/** The text with a stretch of it as white space; lines stay lines. */
export function blankStretch(text: string, start: number, end: number): string {
  return text.slice(0, start) + blankText(text.slice(start, end)) + text.slice(end);
}

/** White space in the place of a text; lines stay lines. */
export function blankText(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

/** A quotation is somebody's sentence; a few words in quotation marks are a name or an emphasis and stay. */
const QUOTATION =
  /"([^"\n]{3,600})"|“([^”\n]{3,600})”|„([^“”\n]{3,600})[“”]|«([^»\n]{3,600})»|(?<=^|[\s(:])['‘]([^\n]{10,600}?)['’](?=$|[\s.,;!?)])/g;
const SENTENCE = /\b(?:I|I'm|I've|my|we|our|me)\b|(?:\S+\s+){3}\S/;

function blankQuotations(text: string): string {
  return text.replace(QUOTATION, (quoted) => (SENTENCE.test(quoted) ? blankText(quoted) : quoted));
}
