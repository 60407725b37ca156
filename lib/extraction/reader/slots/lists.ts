function toSet(words: string): ReadonlySet<string> {
  return new Set(words.split(",").map((word) => word.trim().replace(/\s+/g, " ")));
}

/** What people are by trade. The last word decides: a "software engineer" is an engineer. */
export const OCCUPATIONS =
  toSet(`accountant, actor, actress, acupuncturist, administrator, adviser, advisor, agent, aide, analyst, anaesthetist,
animator, archaeologist, architect, archivist, artist, assistant, astronaut, astronomer, attorney, auditor, author, baker, banker,
barber, barista, bartender, beautician, biologist, blacksmith, bookkeeper, botanist, bricklayer, broker, builder, butcher, carer,
caregiver, caretaker, carpenter, cashier, chef, chemist, chiropractor, choreographer, cleaner, clerk, coach, cobbler, coder, composer,
conductor, constable, consultant, contractor, cook, coordinator, copywriter, counsel, counselor, counsellor, courier, curator, dancer, dentist,
designer, detective, developer, dietitian, director, diver, dj, doctor, dressmaker, driver, ecologist, economist, editor, electrician,
engineer, entrepreneur, estate agent, executive, farmer, filmmaker, firefighter, fireman, fisherman, fitter, florist, forester,
gardener, geographer, geologist, glazier, goldsmith, gp, graphic designer, guard, guide, hairdresser, handyman, historian, host,
hostess, hygienist, illustrator, instructor, interpreter, janitor, jeweller, jeweler, joiner, journalist, judge, lab technician,
landscaper, lawyer, lead, lecturer, librarian, lifeguard, linguist, locksmith, machinist, magician, maid, manager, marketer, mason, masseur,
masseuse, mathematician, mechanic, midwife, miller, miner, model, musician, nanny, neurologist, notary, novelist, nurse,
nutritionist, oncologist, operator, optician, optometrist, orthodontist, osteopath, paediatrician, pediatrician, painter, paralegal,
paramedic, pastor, pathologist, pharmacist, photographer, physicist, physician, physiotherapist, physio, pianist, pilot, plasterer,
plumber, podiatrist, poet, policeman, police officer, officer, policewoman, politician, porter, postman, potter, priest, principal,
printer, producer, professor, programmer, psychiatrist, psychologist, publicist, radiographer, radiologist, realtor, receptionist,
recruiter, rabbi, rep, representative, registrar, ranger, rigger, reporter, researcher, roofer, sailor, salesman, saleswoman, salesperson, scientist, sculptor, seamstress, secretary,
server, shopkeeper, singer, social worker, sociologist, soldier, solicitor, sommelier, statistician, stockbroker, student, supervisor,
surgeon, surveyor, tailor, tattooist, teacher, technician, therapist, tiler, trader, trainer, translator, trucker, tutor, undertaker,
upholsterer, vet, veterinarian, videographer, violinist, waiter, waitress, warden, watchmaker, welder, worker, writer, zoologist,
zookeeper, midwife, childminder, practitioner, np, emt, postwoman, mailman, stagehand, groundskeeper, sorter, packer, picker, dispatcher, foreman, blacksmith, beekeeper, dinner lady, teaching assistant, ux designer, data scientist, freelancer, stylist, phlebotomist, ceramicist, signalman, roaster, buyer, planner, merchandiser, underwriter, estimator, tester, strategist, assessor, inspector, scheduler, drummer, barrister, specialist, technologist, bricklayer, blogger, youtuber`);

/** Of these only a more exact trade is meant: a "social worker", not a "hard worker". */
export const VAGUE_OCCUPATIONS = toSet(
  "worker, lead, agent, rep, aide, representative, counsel, ranger, packer, picker, host, model, guide, guard, judge, cook, writer, driver, manager, specialist, operator, assistant, director, server, officer, executive, coach, dancer, singer, painter, host, buyer, planner, tester, strategist, scheduler, assessor, estimator",
);

/** What stands before a trade and tells how high somebody has come in it. */
export const GRADES = toSet(
  "junior, senior, assistant, head, chief, deputy, trainee, apprentice, associate, principal, lead, regional",
);

/** What ends like a doer and is no trade. */
export const NO_TRADES = toSet(
  "member, mother, father, brother, sister, daughter, partner, player, character, number, order, filter, counter, buffer, timer, owner, user, leader, follower, beginner, newcomer, outsider, mirror, anchor, monster, master, starter, layer, barrier, supporter, winner, loser, believer, christian, civilian, vegetarian, former, other, minor, junior, senior, sponsor, prisoner",
);

/** What goes before a trade that is none of now. */
export const FORMER = toSet(
  "former, ex, retired, aspiring, would-be, wannabe, future, failed, fellow, late, old, previous, hopeful, amateur, mere, natural, terrible, horrible, bad, lousy, good, great, decent, excellent, amazing, wonderful, fantastic, awesome, nice, lovely, brilliant, perfect, incredible, superb, talented, skilled, skillful, friendly, kind, patient, passionate, avid, keen, proud, born, crazy, secret, reluctant, true, real, total, complete, better, worse, best, worst, oldest, youngest, newest, only, longest-serving, funny, smart, hard, fast, slow, careful, huge, big",
);

/** Where people work that has no name: "at a bank". */
export const WORKPLACES =
  toSet(`bank, hospital, school, bakery, library, firm, florist, florist's, butcher's, records office, call center, restaurant, cafe, café, bar, pub, hotel, factory, farm, garage, shop,
store, supermarket, grocery store, clinic, university, college, kindergarten, nursery, startup, start-up, museum, pharmacy, law firm,
call center, call centre, warehouse, zoo, gym, salon, bookstore, bookshop, coffee shop, gas station, construction company, airport,
nursing home, daycare, post office, hardware store, pet shop, dental office, laboratory, lab, non-profit, nonprofit, charity, bike shop,
book store, city council, council, government, police, police department, army, navy, air force, fire department, fire brigade, ministry, church, embassy, railway, railways, county, state, hospital, hospice, care home, prison, court, brewery, winery, garden center, garden centre, theatre, theater, cinema, travel agency, agency, consultancy, insurance company, logistics company, publishing house, studio, vet clinic, dental practice, pizza place, movie theater, law office, newspaper, tech company, software company, consulting firm`);

export const DIETS = toSet(
  "vegan, vegetarian, gluten free, dairy free, lactose free, plant based, pescatarian, pescetarian, flexitarian, gluten-free, keto, dairy-free, lactose-free, teetotal, halal, kosher, plant-based, omnivore",
);

export const STATUSES = toSet("single, married, engaged, divorced, widowed, separated");

export const RELIGIONS = toSet(
  "christian, catholic, protestant, muslim, jewish, hindu, buddhist, atheist, agnostic, sikh, mormon, quaker, lutheran, methodist, baptist, anglican, orthodox christian, jew",
);

export const NATIONALITIES =
  toSet(`afghan, albanian, algerian, american, argentinian, armenian, australian, austrian, azerbaijani, bangladeshi,
belarusian, belgian, bolivian, bosnian, brazilian, british, bulgarian, cambodian, cameroonian, canadian, chilean, chinese, colombian,
costa rican, croatian, cuban, cypriot, czech, danish, dominican, dutch, ecuadorian, egyptian, english, eritrean, estonian, ethiopian,
filipino, filipina, finnish, french, georgian, german, ghanaian, greek, guatemalan, haitian, hungarian, icelandic, indian, indonesian,
iranian, iraqi, irish, israeli, italian, jamaican, japanese, jordanian, kazakh, kenyan, korean, kurdish, kuwaiti, latvian, lebanese,
libyan, lithuanian, luxembourgish, macedonian, malaysian, maltese, mexican, moldovan, mongolian, moroccan, nepalese, nepali, new
zealander, nicaraguan, nigerian, norwegian, pakistani, palestinian, panamanian, paraguayan, peruvian, polish, portuguese, puerto
rican, romanian, russian, rwandan, saudi, scottish, senegalese, serbian, singaporean, slovak, slovenian, somali, south african, south
korean, spanish, sri lankan, sudanese, swedish, swiss, syrian, taiwanese, tanzanian, thai, tunisian, turkish, ugandan, ukrainian,
uruguayan, uzbek, venezuelan, vietnamese, welsh, yemeni, zambian, zimbabwean`);

export const LANGUAGES =
  toSet(`afrikaans, albanian, amharic, arabic, armenian, basque, bengali, bosnian, bulgarian, burmese, cantonese,
catalan, chinese, croatian, czech, danish, dutch, english, esperanto, estonian, farsi, filipino, finnish, french, galician, georgian,
german, greek, gujarati, hebrew, hindi, hungarian, icelandic, igbo, indonesian, irish, italian, japanese, kazakh, khmer, korean, kurdish,
kannada, konkani, lao, latin, latvian, lithuanian, luxembourgish, malayalam, maori, odia, macedonian, malay, maltese, mandarin, marathi, mongolian, nepali, norwegian, pashto, persian, polish,
portuguese, punjabi, quechua, hausa, sinhala, sindhi, assamese, azerbaijani, belarusian, twi, wolof, zazaki, frisian, flemish, haitian creole, tigrinya, oromo, romanian, russian, serbian, slovak, slovenian, somali, spanish, swahili, swedish, tagalog, tamil, telugu,
thai, tibetan, turkish, ukrainian, urdu, uzbek, vietnamese, welsh, xhosa, yiddish, yoruba, zulu, sign language, asl, bsl`);

/** Conditions that last; what passes in days is no fact about somebody. */
export const CONDITIONS =
  toSet(`adhd, add, aids, alopecia, alzheimer, alzheimer's, anaemia, anemia, angina, anxiety, aphantasia, arrhythmia,
arthritis, rheumatoid arthritis, psoriatic arthritis, asperger's, asthma, astigmatism, autism, bipolar disorder, bpd, bulimia, anorexia, cancer, celiac disease, coeliac disease,
cerebral palsy, chronic fatigue, chronic pain, colitis, copd, crohn, crohn's, crohn's disease, cystic fibrosis, dementia, depression, diabetes,
down syndrome, dyscalculia, dyslexia, dyspraxia, eczema, ehlers-danlos, endometriosis, epilepsy, fibromyalgia, gerd, glaucoma, gout,
haemophilia, hemophilia, hay fever, heart disease, high blood pressure, high cholesterol, low blood pressure, hearing loss, hiv, hypertension, hypermobility, ménière's, meniere's, ménière's disease, meniere's disease, hyperthyroidism, hypothyroidism, hypotension,
ibs, ibd, insomnia, kidney disease, leukemia, leukaemia, long covid, lupus, lymphoma, migraines, migraine, ms, multiple sclerosis,
narcolepsy, ocd, osteoarthritis, osteoporosis, parkinson, parkinson's, pcos, pots, psoriasis, ptsd, reflux, rheumatoid arthritis, rosacea,
schizophrenia, sciatica, scoliosis, sickle cell, sleep apnea, sleep apnoea, tinnitus, tourette's, tourette syndrome, type 1 diabetes, type
2 diabetes, ulcerative colitis, vertigo, vitiligo, lactose intolerance, social anxiety, generalized anxiety`);

/** What is said of somebody who has such a condition. */
export const CONDITION_ADJECTIVES = toSet(
  "type 1 diabetic, type 2 diabetic, type one diabetic, type two diabetic, hypertensive, deaf, blind, diabetic, epileptic, autistic, asthmatic, dyslexic, colorblind, colourblind, color blind, colour blind, anemic, anaemic, bipolar, coeliac, celiac, hard of hearing, neurodivergent",
);

export const MEDICINES =
  toSet(`ibuprofen, paracetamol, acetaminophen, aspirin, metformin, insulin, lithium, sertraline, fluoxetine, citalopram,
escitalopram, penicillin, amoxicillin, blood thinner, prozac, zoloft, lexapro, xanax, valium, ritalin, adderall, concerta, vyvanse, statins, atorvastatin, simvastatin, lisinopril,
ramipril, amlodipine, losartan, metoprolol, bisoprolol, warfarin, eliquis, levothyroxine, omeprazole, pantoprazole, prednisone,
prednisolone, methotrexate, humira, gabapentin, pregabalin, lamotrigine, quetiapine, seroquel, venlafaxine, duloxetine, mirtazapine,
bupropion, wellbutrin, trazodone, melatonin, antidepressants, antihistamines, beta blockers, blood thinners, antibiotics, painkillers,
vitamin d, iron, the pill, birth control, ozempic, wegovy, naproxen, tramadol, codeine, cetirizine, loratadine, salbutamol, albuterol,
tamoxifen, finasteride, minoxidil, propranolol, hydroxychloroquine,
lipitor, crestor, zocor, plavix, nexium, synthroid, ventolin, symbicort, advair, singulair, zyrtec, claritin, tylenol, advil, aleve,
xarelto, januvia, jardiance, farxiga, lantus, novolog, humalog, trulicity, mounjaro, zepbound, entresto, cymbalta, effexor, paxil, celexa,
abilify, risperdal, zyprexa, depakote, topamax, lyrica, ambien, ativan, klonopin, strattera, stelara, enbrel, coumadin, lasix, furosemide,
spironolactone, hydrochlorothiazide, sumatriptan, baclofen, meloxicam, diclofenac, celecoxib, allopurinol, colchicine, montelukast,
esomeprazole, famotidine, clopidogrel, rosuvastatin, pravastatin, candesartan, valsartan, buspirone, clonazepam, lorazepam, diazepam,
alprazolam, zolpidem, methylphenidate, lisdexamfetamine, levetiracetam, carbamazepine, valproate, risperidone, olanzapine, aripiprazole,
naltrexone, tacrolimus, azathioprine, sulfasalazine, mesalamine, liraglutide, semaglutide, dapagliflozin, empagliflozin, gliclazide,
glipizide, estradiol, progesterone, letrozole, anastrozole, tamsulosin, atenolol, nebivolol, paroxetine, imipramine,
amitriptyline, nortriptyline, vitamin b12, folic acid, magnesium, fish oil`);

/** What people own for years; what they buy for the day is no fact about them. */
export const POSSESSIONS =
  toSet(`house, flat, apartment, condo, cottage, cabin, farm, boat, yacht, sailboat, canoe, kayak, caravan, campervan, camper
van, rv, motorhome, motorcycle, motorbike, scooter, bike, bicycle, car, van, truck, pickup, tractor, piano, guitar, violin, cello, drum
kit, telescope, restaurant, bakery, shop, store, cafe, café, bar, pub, business, company, gym, salon, studio, garage, horse, vineyard,
land, property, plane, castle, bookshop, bookstore, hotel, electric car, tesla, minivan, suv, jeep`);

/** What is played with "the" before it: "the guitar". */
export const INSTRUMENTS = toSet(
  "guitar, piano, violin, cello, drums, flute, trumpet, saxophone, bass, harp, ukulele, clarinet, banjo, oboe, organ, accordion, trombone, viola, keyboard, bagpipes, harmonica, mandolin, lute, tuba, horn, bassoon, recorder, sitar, lyre, cornet, piccolo, xylophone, concertina, fiddle, euphonium",
);

export const NOT_ACTIVITIES = toSet(
  "part, role, song, game, fetch, catch, trick, tricks, joke, video, music, it, games, video",
);
