import { findRelationsOfNoun } from "#lib/extraction/reader/roles.ts";

const OWN =
  /^(?:about )?(?:my|our|the (?:names?|birthdays?) of my) (?<noun>[\p{L}-]+(?: (?:number|address|plan|status|of birth))?)(?:['’]s?)?(?: (?:real |first |last |full )?names?| birthdays?)?\W*$/iu;

/** What people call what is known of them, where no noun of the vocabulary does. */
const CALLED: readonly [words: RegExp, relations: readonly string[]][] = [
  [/^my ex(?:-\p{L}+)?(?:['’]s)?(?: names?)?\W*$/iu, ["HAS_PARTNER", "HAS_SPOUSE"]],
  [/^(?:where (?:I|we) live|my (?:home|address|city|town))\W*$/iu, ["LIVES_IN", "HAS_ADDRESS"]],
  [/^(?:where (?:I|we) work|my (?:job|work|employer|company))\W*$/iu, ["WORKS_AT", "WORKS_AS"]],
  [/^(?:how old I am|my age)\W*$/iu, ["HAS_AGE"]],
  [/^(?:when I was born|my (?:birthday|birth date|date of birth|dob))\W*$/iu, ["HAS_BIRTHDAY"]],
  [/^my (?:phone|mobile|cell)(?: number)?\W*$/iu, ["HAS_PHONE"]],
  [/^my e-?mail(?: address)?\W*$/iu, ["HAS_EMAIL"]],
  [
    /^(?:the names of my (?:kids|children)|my (?:kids|children)(?:['’]s?)?(?: names?)?)\W*$/iu,
    ["HAS_CHILD", "HAS_SON", "HAS_DAUGHTER"],
  ],
  [/^my (?:illness(?:es)?|diagnos[ie]s|conditions?|health)\W*$/iu, ["HAS_CONDITION", "TAKES"]],
  [/^my (?:medications?|medicines?|meds)\W*$/iu, ["TAKES"]],
  [/^my (?:religion|faith)\W*$/iu, ["HAS_RELIGION"]],
  [/^my (?:relationship|marital) status\W*$/iu, ["HAS_RELATIONSHIP_STATUS"]],
  [/^my (?:allerg(?:y|ies))\W*$/iu, ["ALLERGIC_TO", "INTOLERANT_TO"]],
];

/** The relations that words are about as a whole: "my ex's name", "where I live", "my phone number", "my brother". */
export function listForgottenRelations(words: string): string[] {
  const called = CALLED.find(([pattern]) => pattern.test(words))?.[1];
  if (called) return [...called];
  return findRelationsOfNoun(OWN.exec(words)?.groups?.noun?.toLowerCase() ?? "");
}
