/** Scripts that a text can be told by, the language that is most often meant first. */
const SCRIPTS: readonly [script: RegExp, language: string][] = [
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, "ja"],
  [/\p{Script=Hangul}/u, "ko"],
  [/\p{Script=Han}/u, "zh"],
  [/\p{Script=Cyrillic}/u, "ru"],
  [/\p{Script=Arabic}/u, "ar"],
  [/\p{Script=Hebrew}/u, "he"],
  [/\p{Script=Greek}/u, "el"],
  [/\p{Script=Devanagari}/u, "hi"],
  [/\p{Script=Thai}/u, "th"],
  [/\p{Script=Bengali}/u, "bn"],
  [/\p{Script=Tamil}/u, "ta"],
];

/** The most frequent small words of languages in Latin letters. */
const SMALL_WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: toSet(
    "the and to of is my you that it for with was are have not this be at but they he she we on your i i'm do just so can what me has had been from will would there their when who like about an or if out up no get in as a i am by after then than them his her its into over just now very much some any",
  ),
  de: toSet(
    "der die das und ich ist nicht ein eine mit auf für den dem von zu im sich auch wie noch bei seit aber wir sie haben habe bin wohne arbeite mein meine war sind es nur nach wenn kann über aus",
  ),
  fr: toSet(
    "le la les et je est pas un une avec dans pour des du que qui sur mon ma mes nous vous il elle suis ai j'ai c'est au aux mais ne se plus très chez habite travaille depuis",
  ),
  es: toSet(
    "el los las y yo es no un una con en para que del por mi mis soy tengo estoy vivo trabajo desde muy pero se lo como más años hace está son al nos",
  ),
  it: toSet(
    "il lo gli e io è non un una con per che di del della sono ho mio mia vivo lavoro da nel ma molto anche come più anni si ci questo alla",
  ),
  pt: toSet(
    "o os as e eu é não um uma com para que de do da em meu minha sou tenho moro trabalho desde mas muito mais anos por no na ao está são se",
  ),
  nl: toSet(
    "de het en ik is niet een met voor van op dat in mijn ben heb woon werk sinds maar ook naar wij zijn was als bij aan er nog wel zo te",
  ),
  pl: toSet(
    "i w na nie jest się z do to że jak mam mój moja mieszkam pracuję od ale bardzo jestem dla po przez są tak czy już tylko co",
  ),
  sv: toSet(
    "och jag är inte en ett med för på att det som av min mitt har bor jobbar sedan men till den vi från så om var kan",
  ),
  tr: toSet("ve bir bu ben için çok ama değil var da de ile benim olarak daha gibi ne mi yaşıyorum çalışıyorum"),
};

function toSet(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}

/** Fewer words tell nothing about their language. */
const FEWEST_WORDS = 4;

/**
 * Which language a text is in, where that is surely not English: by its script, or by its small words. Names and a word or
 * two of another language do not make it foreign. @returns its ISO 639-1 code, or null for English and for what does not tell.
 */
export function findForeignLanguage(text: string): string | null {
  const prose = text.replace(/https?:\/\/\S+|www\.\S+|[\w.+-]+@[\w.-]+/g, " ");
  const letters = prose.match(/\p{L}/gu) ?? [];
  if (letters.length === 0) return null;
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length;
  if (latin * 2 < letters.length) return SCRIPTS.find(([script]) => script.test(prose))?.[1] ?? "und";
  const words = prose.toLowerCase().match(/[\p{L}\p{M}]+(?:['’][\p{L}]+)?/gu) ?? [];
  if (words.length < FEWEST_WORDS) return null;
  const counts = Object.entries(SMALL_WORDS).map(([language, small]) => ({
    language,
    found: words.filter((word) => small.has(word.replace("’", "'"))),
  }));
  const english = counts.find(({ language }) => language === "en")?.found.length ?? 0;
  const best = counts.reduce((most, each) => (each.found.length > most.found.length ? each : most));
  const { length } = best.found;
  // One word said twice, as the "in" of "born in Manila, raised in Cebu", tells no more than once.
  const isSure = new Set(best.found).size >= 2 && (length >= 3 || length * 3 >= words.length);
  return best.language !== "en" && isSure && length > english * 2 ? best.language : null;
}
