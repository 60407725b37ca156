/** What people write short, and what it stands for. Apostrophes are optional, as in chats. */
const SHORT: [RegExp, string][] = [
  [/[‘’ʼ`]/g, "'"],
  [/[“”]/g, '"'],
  [/\b(i)\s*'?\s*m\b(?!\s*['-])/gi, "I am"],
  [/\bi've\b|\bive\b/gi, "I have"],
  [/\bi'll\b/gi, "I will"],
  [/\bi'd\b(?=\s+(rather|like|love|prefer))/gi, "I would"],
  [/\bi'd\b(?=\s+(been|gone|had|already|never|just))/gi, "I had"],
  [/\bi'd\b/gi, "I would"],
  [/\b(you|we|they)'?re\b(?<!\bwere)/gi, "$1 are"],
  [/\b(you|we|they|who|there|would|could|should)'?ve\b/gi, "$1 have"],
  [/\b(you|we|they|he|she|it|that|there)'ll\b/gi, "$1 will"],
  [/\b(you|we|they|he|she)'d\b/gi, "$1 would"],
  [
    /\b(he|she|it|that|there|who|what|where|here)'s\b(?=\s+(been|got|gone|had|become|started|moved|lost|left|made|taken)\b)/gi,
    "$1 has",
  ],
  [/\b(he|she|it|that|there|who|what|where|here)'s\b/gi, "$1 is"],
  [/\blet's\b/gi, "let us"],
  [/\bcan(?:no|'?)t\b/gi, "can not"],
  [/\bwon'?t\b/gi, "will not"],
  [/\bshan'?t\b/gi, "shall not"],
  [/\bain'?t\b/gi, "is not"],
  [/\b(do|does|did|is|are|was|were|have|has|had|would|could|should|must|need)n'?t\b/gi, "$1 not"],
  [/\bgonna\b/gi, "going to"],
  [/\bwanna\b/gi, "want to"],
  [/\bgotta\b/gi, "got to"],
  [/\b(kinda|sorta)\b/gi, ""],
  [/\b(pls|plz)\b/gi, "please"],
  [/\b(cuz|coz|cos|bc)\b/gi, "because"],
  [/\b(thx|tysm)\b/gi, "thanks"],
  [/\bw\/(?=\s)/gi, "with"],
  [/\brn\b/g, "right now"],
  [/\b(yrs?)\b/gi, "years"],
  [/\bnite\b/gi, "night"],
  [/\bu\b/g, "you"],
  [/\bur\b/g, "your"],
  [/\s&\s/g, " and "],
  [/'cause\b/gi, "because"],
  [/\s[–—]\s|\s-\s/g, ", "],
  [/\bany more\b/gi, "anymore"],
  [
    /^\s*(so |still |also |just |currently )?(?=(allergic|addicted|intolerant|obsessed|fluent|based|stuck|married|engaged|divorced|pregnant|retired|unemployed|scared|afraid) (to|in|at|with|of|and|since)\b)/i,
    "I am ",
  ],
  [
    /^\s*(vegetarian|vegan|pescatarian|single|pregnant|retired|married|divorced|teetotal)\b(?=\s*($|since|for|and|,))/i,
    "I am $1",
  ],
  [/\bex husband\b/gi, "ex-husband"],
  [/\bex wife\b/gi, "ex-wife"],
];

/** A photo that a chat shows in the midst of words, as some exports tell it. */
const ATTACHMENT = /\[[^\]]*\]/g;

/** Writes out what is written short, so that a tagger trained on prose can read it. */
export function writtenOut(text: string): string {
  let result = text.replace(ATTACHMENT, " ");
  for (const [short, long] of SHORT) result = result.replace(short, long);
  return result
    .replace(/(\d)\s*-\s*(\d)/g, "$1-$2")
    .replace(/[ \t]+/g, " ")
    .trim();
}
