/** How much a related word counts beside the word that was asked for. Set on two conversations (LoCoMo 26 and 30). */
const SAME = 0.25;
const OF_A_KIND = 0.2;

/** What English declines without a rule: forms of one word, which no stemmer finds. */
const IRREGULAR = `be was were been is are am|become became|begin began begun|bite bit bitten|break broke broken|bring brought|build built|
buy bought|catch caught|choose chose chosen|come came|dig dug|do did done does|draw drew drawn|drink drank drunk|drive drove driven|
eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|fly flew flown|forget forgot forgotten|get got gotten|
give gave given|go went gone|grow grew grown|hang hung|have had has|hear heard|hide hid hidden|hold held|keep kept|know knew known|
lead led|learn learnt|leave left|lend lent|lose lost|make made|mean meant|meet met|pay paid|ride rode ridden|ring rang rung|rise rose risen|
run ran|say said|see saw seen|sell sold|send sent|shoot shot|show shown|sing sang sung|sit sat|sleep slept|speak spoke spoken|spend spent|
stand stood|steal stole stolen|stick stuck|strike struck|swim swam swum|take took taken|teach taught|tell told|think thought|
throw threw thrown|understand understood|wake woke woken|wear wore worn|win won|write wrote written|child children|man men|woman women|
foot feet|tooth teeth|mouse mice|wife wives|life lives|knife knives|leaf leaves|person people|good better best|bad worse worst`;

/** Everyday words that are said for one another: who asks for one of a group may mean the others. */
const GROUPS = `kid child children youngster toddler baby son daughter boy girl|parent mother father mom mum dad mama papa|
mother mom mum mommy|father dad daddy|grandmother grandma granny nana|grandfather grandpa granddad|
husband wife spouse partner|boyfriend girlfriend partner|brother sister sibling|friend buddy pal mate bestie|
family relatives kin|colleague coworker teammate|boss manager supervisor|neighbor neighbour|
job work career profession occupation position employment|company employer firm business|
business venture startup store shop|salary wage pay income|office workplace|retire retirement pension|
hire recruit|quit resign leave|fire dismiss layoff|study school college university education degree course class|
teacher professor instructor tutor|student pupil|exam test|home house apartment flat condo place|move relocate|
live reside|city town hometown|country homeland nation|trip travel vacation holiday journey getaway|
visit travel trip|flight plane fly|hotel hostel airbnb|car vehicle automobile truck van|drive car|
bike bicycle cycling|phone mobile smartphone cell|computer laptop pc|movie film|show series|
book novel read author|music song band concert album|concert gig festival|photo picture pic image photograph|
paint painting art draw drawing artist|sport game match team|exercise workout gym fitness training|
run running jog marathon race|hike hiking trail trek|swim swimming pool|dance dancing dancer|
cook cooking recipe meal dish bake baking|eat food meal dinner lunch breakfast|restaurant cafe diner eatery|
drink beverage coffee tea wine beer|vegetarian vegan diet|allergy allergic|sick ill illness disease condition|
doctor physician hospital clinic|medicine medication pill drug|
therapy therapist counselor counseling counselling|stress stressed anxious anxiety pressure overwhelmed|
destress relax unwind calm|sad upset depressed down|happy glad joyful|afraid scared fear|angry mad annoyed|
hurt injury injured pain|pet dog cat puppy kitten animal|dog puppy pup|cat kitten kitty|
garden gardening plant flower|hobby pastime activity interest|volunteer volunteering charity donate donation|
church religion religious faith pray|birthday party celebrate celebration|wedding marry married marriage|
divorce divorced separated split|breakup broke split|pregnant pregnancy expecting|gift present|
buy bought purchase purchased order ordered got|sell sold|money cash budget savings|cost price expensive pay|
rent lease landlord|loan mortgage debt|big large huge|start begin launch open|stop end quit finish|
plan intend planning|goal dream aspiration ambition|help assist support|
advice suggestion recommend recommendation tip suggest|recommend suggest|like love enjoy fond|
favorite favourite prefer love|dislike hate|important matter meaningful|
problem issue trouble difficulty challenge|learn learned study|teach mentor coach|mentor mentorship mentored|
meet met meetup|talk chat discuss conversation speak|win won award prize medal trophy|
competition contest tournament|attend participate join go went|join sign signup enroll|make create made build|
fix repair mend|accident crash|storm hurricane flood|beach ocean sea coast shore|mountain peak summit|
park nature outdoors|camp camping campfire tent|weekend saturday sunday|nickname name call called|
age old years birthday|lgbtq gay lesbian bisexual transgender queer|
relationship dating single married partner|ethnicity origin roots|language speak fluent|
vote politics political government election policy|military army navy soldier veteran|
symbol represent stands mean|partake participate|pursue follow career|path career job|
education educate school college university degree study|event happen occasion|bad tough hard difficult|
positive good great|trait personality character|
political politics liberal conservative rights|
symbolize symbol represent stands mean means|describe say called|decision decide decided choose|
think thought opinion feel believe|promote promotion advertise marketing ad campaign|
fashion clothes clothing style outfit trend|video film recording footage|online internet website web|
social media instagram facebook twitter|customer client buyer|team group crew|member membership|
support help encourage encouragement back|strength strong power|motivate motivation inspire inspired inspiration|
proud pride|memory memories remember|hope wish|worry worried concern concerned|surprise surprised unexpected|
excited excitement thrilled stoked pumped|tired exhausted fatigue|sleep rest nap bed|dream sleep|
feeling emotion mood|fun enjoy enjoyable|funny humor laugh joke comedy|beautiful pretty gorgeous lovely|
old ancient vintage antique|new recent latest|modern contemporary|small little tiny|fast quick speed|slow slowly|
rich wealthy|poor poverty|free available|busy hectic swamped|easy simple|strange weird odd|
dangerous risky danger|safe safety secure|clean tidy wash|dirty messy mess|hot warm heat|cold chilly freezing|
rain rainy weather storm|snow snowy winter ski|summer sunny sun|autumn fall|spring easter|
morning breakfast sunrise|evening night dinner sunset|week weekly|month monthly|year annual yearly|
daily everyday day|often frequent regularly|recent lately recently|future upcoming|past previous former ago|
first initially|last final|road drive street highway|train railway station|boat ship sail sailing cruise|
ticket booking book reserve reservation|luggage bag suitcase backpack|passport visa|
tour tourist sightseeing guide|museum gallery exhibit exhibition|
theater theatre stage act acting actor actress drama|audition role|tv television netflix|cartoon anime animation|
game gaming gamer video|puzzle chess board|craft crafts handmade diy sew sewing knit knitting|
pottery clay ceramic ceramics bowl cup pot mug|writing write writer poem poetry story blog journal|journal diary|
script screenplay|magazine article newspaper news|podcast radio|science scientist research|
technology tech software app code coding program programming|engineer engineering|design designer|
build construction contractor|architect architecture|lawyer attorney law legal|police officer crime|
fire firefighter|nurse nursing|dentist teeth tooth|surgery operation|hospital emergency ambulance|
pain ache sore hurt|headache migraine|fever flu cold|cancer tumor|diabetes insulin sugar|heart blood|
weight fat kilo pound|diet healthy nutrition calories keto|vegetable veggie salad|fruit apple banana berry|
meat beef chicken pork steak|fish seafood salmon shrimp|bread bakery baker toast|
dessert sweet cake cookie pie chocolate|snack chips|spicy pepper chili|gluten celiac wheat|lactose dairy milk|
smoke smoking cigarette tobacco|alcohol drunk sober beer wine|yoga meditation meditate mindfulness|
walk walking stroll|climb climbing|surf surfing wave|ski skiing snowboard snowboarding|soccer football|
basketball nba hoop|baseball bat|tennis racket|golf club|bike bicycle cycling ride rode|horse riding stable|
fishing fish lake|hunting hunt|boxing martial karate judo|marathon race run|medal trophy award win|
coach trainer mentor teach|championship tournament title|score goal point|
injury injured sprain fracture ankle knee|uniform jersey|fan supporter|forest woods tree|river lake stream|
desert sand|island coast|farm farmer barn|flower rose bloom|tree plant|bird feather|wildlife animal|
shelter rescue adopt adopted adoption|adopt adoption agency|vet veterinarian|leash collar toy|
breed poodle retriever shepherd labrador|furniture sofa couch chair table|kitchen oven stove|bedroom bed|
bathroom shower bath|garage yard lawn|renovate renovation remodel|neighborhood area community|community group|
city urban downtown|village rural countryside|roommate flatmate housemate|rent tenant|sell sold sale|
shop shopping mall market store|discount sale deal coupon|order delivery package shipping|refund return|
subscription plan|account login password|invoice bill payment|bank account|invest investment stock|
insurance policy|tax taxes|donate donation charity fundraiser fundraising|volunteer shelter soup|
homeless shelter|environment climate recycling sustainable sustainability|protest march rally activist activism|
rights equality justice|election vote candidate campaign|government state|war military army|
veteran military service|immigrant immigration abroad|language english spanish french|culture tradition heritage|
religion faith church spiritual|prayer pray|holiday christmas thanksgiving easter halloween|christmas santa|
birthday cake|anniversary married years|engagement engaged ring propose proposed|bride groom wedding|
baby born birth newborn|pregnant pregnancy due|death died passed funeral lost|grief grieving mourn loss|
cousin uncle aunt nephew niece|twin twins|elder older younger eldest|couple partner|stranger unknown|
guest visitor host|invite invitation|gathering party reunion barbecue bbq potluck picnic|dinner restaurant|
cafe coffee|bar pub|club member|class course lesson workshop|graduate graduation diploma|scholarship grant|
project assignment|presentation talk speech|speech talk|meeting conference|interview application apply applied|
promotion promoted raise|deadline due|skill talent ability|challenge obstacle struggle|
success successful achieve achievement accomplish accomplishment|failure fail failed mistake|idea concept|
reason why because|result outcome|difference differ|benefit advantage|risk danger|opportunity chance|
change changed transform transition|improve improvement better progress|increase grow growth|reduce decrease cut|
lose lost|find found discover|search looking seek|show display|hide hidden secret|share shared|give gave gift|
receive got received|send sent mail|bring brought|carry hold|wear wore clothes|try tried attempt|
watch watched saw see|hear listen|smell scent|taste flavor flavour|touch feel|shape form|size large small|
material wood metal fabric|place location spot venue|name title called|photo shared showed|collect collection|
hobby interest passion|passion passionate love`;

/** Everyday kinds and what is of them: who asks for the kind means what is of it, and not the other way round. */
const KINDS = `|
activity: hiking camping swimming painting pottery yoga running dancing gardening cooking fishing skiing climbing surfing cycling reading gaming|
hobby: hiking camping painting pottery yoga running dancing gardening cooking fishing photography reading gaming knitting|
sport: soccer football basketball tennis baseball hockey golf volleyball swimming running skiing surfing boxing|
instrument: guitar piano violin drums flute clarinet saxophone cello ukulele trumpet keyboard|
pet: dog cat puppy kitten hamster rabbit bird parrot fish turtle lizard snake|
animal: dog cat horse bird rabbit turtle cow sheep chicken|
food: pizza pasta rice bread cake chicken fish salad soup cheese chocolate cookie sushi taco burger|
dessert: cake pie cookie brownie ice-cream chocolate pudding tart|
drink: coffee tea wine beer juice smoothie soda|
event: parade conference concert festival fair show workshop party wedding meeting group tournament ceremony fundraiser|
class: yoga pottery dance cooking painting|device: phone laptop tablet computer headphones watch camera|
item: shoes dress shirt jacket bag necklace ring figurine|clothes: shirt dress jacket shoes jeans hoodie sweater|
clothing: shirt dress jacket shoes jeans hoodie sweater fashion|jewelry: necklace ring bracelet earrings|
game: chess console xbox playstation nintendo board video|illness: diabetes cancer asthma flu covid migraine|
health: doctor diet asthma diabetes blood pressure weight surgery|vehicle: car truck van motorcycle bike|
family: husband wife kids son daughter mother father brother sister|degree: bachelor master phd diploma|
field: engineering psychology medicine law art science business counseling|
career: counseling engineer nurse teacher designer developer|religious: church faith god pray bible|
sibling: brother sister|transport: bus train car bike|art: painting drawing sculpture pottery|
place: park beach museum cafe restaurant|country: spain france italy germany japan canada mexico sweden england|
city: paris london rome tokyo boston chicago seattle berlin barcelona|
state: california texas florida oregon minnesota michigan|subject: math physics history biology|
genre: fantasy mystery romance thriller comedy horror|
relationship: single married engaged dating breakup divorced boyfriend girlfriend partner husband wife`;

/** A word that may stand for another, and how much of it that is, 0 to 1. */
export interface RelatedWord {
  word: string;
  other: string;
  weight: number;
}

/** All pairs of related words; of a pair that is listed twice, the first counts. */
export const RELATED_WORDS: readonly RelatedWord[] = [
  ...new Map(
    [...listPairs(IRREGULAR, 1), ...listPairs(GROUPS, SAME), ...listPairsOfKinds()]
      .toReversed()
      .map((pair) => [`${pair.word} ${pair.other}`, pair]),
  ).values(),
];

function listPairs(groups: string, weight: number): RelatedWord[] {
  return groups.split("|").flatMap((group) => {
    const words = group.trim().split(/\s+/);
    return words.flatMap((word) => words.flatMap((other) => (other === word ? [] : [{ word, other, weight }])));
  });
}

function listPairsOfKinds(): RelatedWord[] {
  return KINDS.split("|").flatMap((line) => {
    const [word = "", members = ""] = line.trim().split(/:\s*/);
    return members.split(/\s+/).map((other) => ({ word, other, weight: OF_A_KIND }));
  });
}
