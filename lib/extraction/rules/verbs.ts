/** Verbs that people say of themselves and others, in their base form. Their regular forms are worked out. */
const BASE = `accept add admire adopt adore affect agree answer apply approve arrive ask attend avoid bake be become begin believe belong
bike binge blow book born borrow bother break breed bring build buy call cancel care carry catch cause celebrate change charge chat
check choose clean climb close coach collect come commute complete consider contain continue cook cost craft create cut cycle dance
date deal decide deliver design despise detest develop diagnose die discover dislike ditch divorce do donate double draw dread dream
drink drive drop dump earn eat employ end enjoy enroll enter escape expect explore face fail fall fancy feed feel file find finish fish fix
flood fly focus follow foster freelance garden get give go graduate grind grow guess handle hate have head hear help hibernate hike
hire hold host hunt inherit install intend invest join keep knit know land last laugh lead leak learn lease leave lend like listen
live load lose love major make manage marry mean meet mentor mind miss mourn move need negotiate obsess offer open operate order organize
organise own pack paint park pass pay perform phone pick plan plant play practice practise prefer prepare present pretend produce
program promote propose purchase quit raise ran reach read realize recommend record recover reduce relax relocate remember
remodel renew renovate rent replace report rescue research resit resign restart retire return review ride ring run sail save say
schedule sculpt see sell send separate serve set sew share shift ship shop sign sing sit skate skateboard ski skip sleep smoke snack
snowboard speak spend split squeak stand start stay stop stream struggle study suffer suggest support surf swap swear swell swim
switch take talk teach tell tend think tour trade train translate travel treat try turn tutor twist type use vape visit volunteer vote
wait wake walk want wash watch wear wed weigh win wish work worry write yearn enroll resell sews rewire pick skip pursue suit own
attend babysit blog camp code compete compose crochet date deliver dine embroider exercise farm fence forage found foster gamble
golf graduate guide homeschool jog journal juggle kayak lift lodge meditate mentor model mow oversee paint podcast pray preach
publish recycle row rollerblade sculpt sketch skydive supervise sponsor thrift trek tweet unwind upgrade vlog wander weave weld wrestle`;

const IRREGULAR = `was were been being am is are had has having did done does went gone goes began begun became bit broke broken brought
built bought caught chose chosen came cost cut dealt drew drawn drank drunk drove driven ate eaten fell fallen fed felt fought found
flew flown forgot forgotten forgave froze got gotten gave given grew grown heard held hid hurt kept knew known led left lent let
lay lost made meant met paid put quit read rode ridden rang rung ran said saw seen sold sent set shook shot sang sung sat slept
spoke spoken spent split stood stole stuck swam swum swore swept took taken taught tore told thought threw woke woken wore won wrote written
rose risen bred knitted blew blown ground bound stung wed slid swung sprang fled dug spun hung`;

const CONSONANT_Y = /[^aeiou]y$/;
/** One vowel before one consonant at the end of a short word doubles it: plan, planned. */
const DOUBLED = /^[^aeiou]*[aeiou][bdgklmnprt]$/;

const FORMS = new Set(BASE.split(/\s+/).flatMap(forms).concat(IRREGULAR.split(/\s+/)));
const PAST = new Set(
  IRREGULAR.split(/\s+/).filter(
    (word) => !/^(been|being|am|is|are|has|having|done|does|gone|goes|cost|cut|put|quit|read|set|hurt|let)$/.test(word),
  ),
);

/** Whether a word tells of the past by its form. */
export function isPastForm(word: string): boolean {
  return (
    PAST.has(word) ||
    (/\w{2,}ed$/.test(word) &&
      !/^(need|feed|seed|speed|breed|bleed|shed|sled|weed|hundred|indeed|embed|exceed|succeed|proceed)$/.test(word))
  );
}

/** Whether a word can be a form of a verb that people use of themselves; most of these are nouns as well. */
export function isVerbForm(word: string): boolean {
  return FORMS.has(word);
}

function forms(base: string): string[] {
  return [base, thirdPerson(base), regularPast(base), gerund(base)];
}

/** "work" → "works"; "have" → "has". */
export function thirdPerson(base: string): string {
  if (base === "have") return "has";
  if (base === "be") return "is";
  if (CONSONANT_Y.test(base)) return base.replace(/y$/, "ies");
  return /(s|x|z|ch|sh|o)$/.test(base) ? `${base}es` : `${base}s`;
}

function regularPast(base: string): string {
  if (CONSONANT_Y.test(base)) return base.replace(/y$/, "ied");
  if (base.endsWith("e")) return `${base}d`;
  return DOUBLED.test(base) ? `${base}${base.at(-1)}ed` : `${base}ed`;
}

function gerund(base: string): string {
  if (/[^e]e$/.test(base)) return base.replace(/e$/, "ing");
  return DOUBLED.test(base) ? `${base}${base.at(-1)}ing` : `${base}ing`;
}
