/** Who people are to each other, and the animals they live with: "my sister" is somebody, "my ankle" is not. */
const KIN = `wife husband spouse partner girlfriend boyfriend fiance fiancee fiancé fiancée mother mom mum mama father dad papa parent
sister brother sibling twin son daughter child kid baby toddler stepson stepdaughter stepmother stepfather stepmom stepdad stepbrother
stepsister grandmother grandma granny nan grandfather grandpa grandad grandparent grandson granddaughter grandchild aunt auntie uncle
cousin niece nephew mother-in-law father-in-law sister-in-law brother-in-law in-laws ex ex-wife ex-husband ex-girlfriend ex-boyfriend
godmother godfather goddaughter godson family youngest eldest oldest`;
const ROLES = `friend bestie mate buddy roommate flatmate housemate neighbor neighbour colleague coworker co-worker boss manager
supervisor ceo cto cfo coo vp director teacher tutor professor mentor coach trainer therapist counselor doctor gp dentist physio vet
nurse surgeon lawyer solicitor accountant landlord landlady tenant client customer supplier assistant secretary intern cofounder
co-founder teammate classmate nanny babysitter hairdresser pastor priest advisor adviser agent employer employee contractor mechanic`;
const PETS = `dog puppy pup cat kitten kitty hamster rabbit bunny parrot budgie horse pony tortoise turtle goldfish fish snake lizard gecko
greyhound retriever labrador lab poodle terrier beagle spaniel shepherd husky corgi dachshund pug bulldog collie pet guinea-pig ferret
chicken goat donkey`;

const list = (words: string) => new Set(words.split(/\s+/));
const PEOPLE = new Set([...list(KIN), ...list(ROLES)]);
const ANIMALS = list(PETS);

/** Whom or what a common noun means: somebody with a name of their own, an animal with one, or a thing. */
export function kindOf(noun: string): "person" | "animal" | "thing" {
  const head = headOf(noun);
  if (PEOPLE.has(head)) return "person";
  return ANIMALS.has(head) ? "animal" : "thing";
}

/** The noun that a phrase is about, in the singular: "two kids" → "kid", "head of logistics" → "head". */
function headOf(noun: string): string {
  const words = noun.toLowerCase().split(" of ")[0]?.split(" ") ?? [];
  return singular(words.at(-1) ?? noun.toLowerCase());
}

const IRREGULAR: Record<string, string> = {
  children: "child",
  wives: "wife",
  people: "person",
  men: "man",
  women: "woman",
  puppies: "puppy",
};

function singular(word: string): string {
  if (word in IRREGULAR) return IRREGULAR[word] ?? word;
  if (/(ss|us|is|in-laws)$/.test(word) || word === "ceo's") return word;
  if (/ies$/.test(word) && word.length > 4) return word.replace(/ies$/, "y");
  return word.replace(/s$/, "");
}

/** Spelled in one way, so that a neighbour is a neighbor and a mum a mom. */
const SPELLED: Record<string, string> = {
  neighbour: "neighbor",
  mum: "mom",
  mama: "mom",
  fiancé: "fiance",
  fiancée: "fiancee",
  colour: "color",
};

/** "golden retriever" → HAS_GOLDEN_RETRIEVER, as a relation's name. */
export function relationOf(...words: string[]): string {
  const upper = words
    .flatMap((word) => word.split(" "))
    .map((word) => SPELLED[word.toLowerCase()] ?? word)
    .join("_")
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9_]+/g, "_")
    .replace(/_+/g, "_")
    .replace(/^_|_$/g, "")
    .toUpperCase();
  return /^[A-Z]/.test(upper) ? upper.slice(0, 80) : "RELATES_TO";
}

/** What somebody has one of, as a record keeps it. */
export const ATTRIBUTES: [RegExp, string][] = [
  [/\b(e-?mail)( address)?$/, "HAS_EMAIL"],
  [/\b(phone|mobile|cell|landline|telephone|number|phone number|whatsapp)( number)?$/, "HAS_PHONE"],
  [/\b(address|postcode)$/, "HAS_ADDRESS"],
  [/\b(birthday|birthdate|date of birth|dob)$/, "HAS_BIRTHDAY"],
  [/\b(name|nickname|surname|pronouns)$/, "HAS_NAME"],
  [/\bfavou?rite .*$/, "HAS_FAVORITE"],
  [/\b(hobby|hobbies|interests?|passions?)$/, "HAS_HOBBY"],
  [/\b(job|title|occupation|profession|role)$/, "WORKS_AS"],
  [/\b(age)$/, "HAS_AGE"],
];
