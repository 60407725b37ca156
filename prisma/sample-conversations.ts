/** A conversation of a sample person; `{city}`, `{company}` and the like are filled in per person. */
export interface Chapter {
  name: string;
  channel: "web" | "mobile" | "support";
  /** Turns in order, the person first; the assistant answers every other one. */
  turns: string[];
  /** Business data that arrives with it. */
  data?: { about: string; record: object };
}

/** How people introduce themselves; what they tell later builds on it. */
export const INTRODUCTIONS = {
  family: {
    name: "first steps",
    channel: "web",
    turns: [
      "Hello! I live in {oldCity} with my {partnerWord} {partner} and our {childWord} {child}.",
      "Welcome, {first}. What can I take off your hands?",
      "Mostly planning. I work as {oldJob} at {oldCompany} and my evenings are short.",
      "Then short answers it is. What does an ordinary week look like?",
      "{child} is {age} and has swimming on Tuesdays. {partner} cooks, I wash up.",
      "Tuesday is marked. Is there anything I should know before I suggest a dinner?",
      "I'm allergic to {allergy}.",
      "No {allergy} then, in anything.",
    ],
  },
  couple: {
    name: "first steps",
    channel: "mobile",
    turns: [
      "Hi there. I'm {oldJob} at {oldCompany}, and my {partnerWord} {partner} said I should try this.",
      "Good to meet you, {first}. Shall we start with something small?",
      "A weekend plan, please. We live in {oldCity} and have a dog called {dog}.",
      "With {dog} along, how far do you like to walk?",
      "Ten kilometres, no more. I have {condition}.",
      "Then a flat loop with two benches. Coffee at the end, or lunch?",
      "Coffee. I love old cafés and {partner} collects the sugar sachets.",
      "I have found one that has been open since 1911.",
    ],
  },
  alone: {
    name: "first steps",
    channel: "web",
    turns: [
      "Good evening. I live in {oldCity} and I work at {oldCompany}.",
      "Good evening, {first}. What do you do there?",
      "I'm {oldJob}. It is quiet work, I like that.",
      "And when the work is done?",
      "I have a cat called {cat} and a pile of unread books. I play the {instrument} as well, badly.",
      "Badly is a fine place to start. Shall I set a reminder to practise?",
      "On Sundays. My {siblingWord} {sibling} lives in {otherCity} and rings me in the evening, so before six.",
      "Sundays at four it is.",
    ],
  },
  student: {
    name: "first steps",
    channel: "mobile",
    turns: [
      "hey, I study {subject} at the University of {oldCity} and I'm drowning in deadlines",
      "Let's sort them, {first}. Which one is the first?",
      "A group report, due on Friday. I do the writing because {friend} hates it.",
      "Then {friend} can do the tables. How many evenings do you have?",
      "Three. I work at {oldCompany} at weekends.",
      "Three short evenings are enough. Is there anything that helps you to concentrate?",
      "I'm a vegetarian who lives on toast, so food, probably. And I love swimming.",
      "A swim on Wednesday, a real dinner on Thursday, and the report on Friday.",
    ],
  },
  retired: {
    name: "first steps",
    channel: "web",
    turns: [
      "Good morning. I'm retired and I would like to write down my recipes.",
      "Good morning, {first}. For whom are you writing them?",
      "For my granddaughter {child} in {otherCity}. She cooks on two rings and believes in butter.",
      "Then butter stays. Who cooks at your place?",
      "I do. I live in {oldCity} with my {partnerWord} {partner}, who only makes coffee.",
      "Coffee is a recipe too. How many do you have?",
      "About sixty. I have {condition}, so the late ones have less sugar than the early ones.",
      "We could mark those. Where do we begin?",
      "With the soups. I grow my own leeks, I have an allotment by the river.",
      "Leek soup is page one.",
    ],
  },
} satisfies Record<string, Chapter>;

/** What people of any kind talk about. */
export const TALKS: Chapter[] = [
  {
    name: "running plan",
    channel: "mobile",
    turns: [
      "I run three times a week and I'd like to try a half marathon in spring.",
      "That is a realistic goal with about fourteen weeks. What is the longest you have run?",
      "Ten kilometres. My left knee complains after that.",
      "Then one long run a week, on soft ground. Has a doctor seen the knee?",
      "Yes, it is an old football thing. I prefer running in the morning.",
      "Mornings then. First week: four, four and six kilometres.",
      "Deal. My {siblingWord} {sibling} is coming along on Saturdays.",
      "Two numbers to order, then.",
    ],
  },
  {
    name: "language practice",
    channel: "mobile",
    turns: [
      "Can we practise for ten minutes? I'm learning {language}.",
      "Gladly. Tell me what you did last weekend, as far as you can.",
      "I visited my friend {friend} and we swam in the lake. My verbs are a mess.",
      "They were fine except for one. Say it once more, in the past tense.",
      "Better! I always forget the long sentences, so give me short ones.",
      "Short ones from now on.",
    ],
  },
  {
    name: "dinner ideas",
    channel: "web",
    turns: [
      "What can I cook for six people tomorrow? My {siblingWord} {sibling} is bringing the wine.",
      "How about a tray of roasted vegetables with polenta? It waits patiently.",
      "Yes, polenta. I love anything with mushrooms and I can't stand coriander.",
      "Mushrooms on top, no coriander. For six you need 400 g.",
      "Write it out step by step, please. I'm a slow cook.",
      "Step one: turn the oven to 200 degrees and put some music on.",
    ],
  },
  {
    name: "choir",
    channel: "web",
    turns: [
      "I sing in a choir on Thursdays and we need a programme for the summer concert.",
      "How many pieces, and how brave is the choir?",
      "Eight pieces. Brave in spirit, thirty people, two tenors.",
      "Then nothing that lives from the tenors. Folk songs in four parts?",
      "Lovely. I'm friends with {friend}, who plays the piano for us.",
      "I will put the difficult piece before the interval, for {friend}'s sake.",
    ],
  },
  {
    name: "climbing",
    channel: "mobile",
    turns: [
      "I've taken up climbing and my forearms are on fire.",
      "Everybody's are, in the first month. How often do you go?",
      "Twice a week, with {friend} from work. I'm afraid of the high wall, though.",
      "Then stay low and go sideways for a while.",
      "Sideways I can do.",
      "Most of climbing is.",
    ],
  },
];

/** A change in somebody's life. A person has those of these that fit how they live. */
export const CHANGES = {
  move: {
    name: "moving house",
    channel: "web",
    turns: [
      "I moved to {city} on Saturday and I still can't find the kettle.",
      "Congratulations on the new place. What is left to do?",
      "Change my address at the bank and at work. The old flat in {oldCity} is empty and clean.",
      "Most people forget the dentist and the library as well.",
      "The library! I have owed them a book since March.",
      "It is on the list, right above the dentist.",
    ],
  },
  job: {
    name: "new job",
    channel: "mobile",
    turns: [
      "I started a new job at {company} on Monday, as {job}.",
      "Congratulations! How was the first day?",
      "Loud, friendly, a lot of names. I left {oldCompany} after four years and I don't regret it.",
      "Shall we write down the names while they are fresh?",
      "Good idea. {colleague} is my boss and sits by the window.",
      "{colleague}, by the window. Who else?",
    ],
  },
  diet: {
    name: "a change of mind",
    channel: "mobile",
    turns: [
      "About the dinners: I'm not a vegetarian any more, I eat fish now.",
      "Good to know. Shall I put fish into next week's plan?",
      "On Fridays. Nothing with bones, please.",
      "Friday is fish, without bones.",
    ],
  },
  vegan: {
    name: "a change of mind",
    channel: "web",
    turns: [
      "I went vegan last month, so please drop the cheese from my lists.",
      "Dropped. Do you need ideas for breakfast?",
      "Porridge is fine. My {partnerWord} thinks I'm mad.",
      "Porridge for you, peace for everybody else.",
    ],
  },
  puppy: {
    name: "puppy",
    channel: "web",
    turns: [
      "We got a puppy on Saturday. Her name is {dog} and she chews everything.",
      "Welcome, {dog}. How old is she, and what has she chewed so far?",
      "Ten weeks. A slipper, the corner of a rug and half of my tax return.",
      "At ten weeks that is ordinary. Put the shoes out of reach for a while.",
      "{child} wants to teach her to roll over.",
      "Five minutes a day, and always stop while it is still fun.",
    ],
  },
  car: {
    name: "selling the car",
    channel: "web",
    turns: [
      "I sold my car last week and bought a cargo bike.",
      "That is a change. How does it ride?",
      "Like a sofa with wheels. I love it.",
      "Then the next thing is a good lock.",
    ],
  },
} satisfies Record<string, Chapter>;

/** What people ask the help desk, with the record of it that the shop's own system sends. */
export const ACCOUNT_TALKS = {
  plan: {
    name: "plan change",
    channel: "support",
    turns: [
      "I'd like to change my plan, the small one is too small for me.",
      "Of course. {plan} has room for five projects and is billed by the month.",
      "Then {plan}, please, from today.",
      "Done. You will see the difference on the next invoice.",
      "Please send the invoices by e-mail, I don't have a printer.",
      "By e-mail, always.",
    ],
    data: {
      about: "billing",
      record: { event: "plan_changed", from: "{oldPlan}", to: "{plan}", date: "{today}" },
    },
  },
  order: {
    name: "order",
    channel: "support",
    turns: [
      "The {item} I ordered arrived today, and the box is dented.",
      "I am sorry. Is the {item} itself in order?",
      "Yes, it works. I only wanted you to know.",
      "Thank you. I have told the carrier, and taken the shipping off your bill.",
    ],
    data: {
      about: "shop",
      record: {
        order_id: "{orderNumber}",
        status: "delivered",
        ordered_at: "{today}",
        items: [{ name: "{item}", quantity: 1 }],
      },
    },
  },
} satisfies Record<string, Chapter>;

/** Something that the person asks not to be remembered. */
export const CONFIDENCE: Chapter = {
  name: "a worry",
  channel: "mobile",
  turns: [
    "Can I ask you something? Please don't remember this: I can't sleep and I think about quitting every night.",
    "Of course, and it stays out of your memory. Would a plan for the evening help?",
    "It would. Tea instead of coffee, and no screen after ten.",
    "Tea, a book, lights out at half past ten. We start tonight.",
  ],
};

/** All of them, for whoever needs people's words and no person. */
export const CHAPTERS: Chapter[] = [
  ...Object.values(INTRODUCTIONS),
  ...TALKS,
  ...Object.values(CHANGES),
  ...Object.values(ACCOUNT_TALKS),
  CONFIDENCE,
];
