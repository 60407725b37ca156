import assert from "node:assert/strict";
import { test } from "node:test";
import { SAID } from "#lib/relations.ts";
import { readAsJane } from "#prisma/reading.ts";

/** What sounds like a fact about its writer and is none: each was drawn as one by some reader. */
const TRAPS: Readonly<Record<string, readonly string[]>> = {
  "somebody else's clause": [
    "I'm writing on behalf of my father, he lives in Perth.",
    "I have a friend who lives in Bonn and works at Bayer.",
    "I'm calling about my mum, she lives in Dover.",
    "I have a Honda in my dreams, my wife a Kia.",
  ],
  "records, fiction and games": [
    "According to your records I live in Swindon, which I don't.",
    "The system says my birthday is 1 January 1900.",
    "In GTA I own a yacht.",
    "Write a short story in first person: My name is Elena and I live in Prague with my cat Luna.",
    "Imagine I work at NASA for a second.",
    "My would-be husband Ken is late.",
    "In my novel I live on Mars.",
    "Could you check this sentence: My brother works for Google.",
    "Here is a review, classify the sentiment: 'I'm diabetic and I love these cookies.'",
    "I work at Google. Just kidding, I work at a gas station.",
  ],
  "what is not so": [
    "My boss is not Karen anymore.",
    "My email is no longer bob@example.org.",
    "my email isn't jane@example.org",
    "My favourite team is no longer Arsenal.",
    "It isnt true that I live in Rome.",
    "I don't just like pizza, I love it and so on.",
    "I don't speak German very well.",
    "I rarely eat meat.",
    "I was going to move to Madrid but it fell through.",
    "We nearly moved to Spain.",
    "Next year I'm living in Lisbon.",
    "I'll be in debt by the time I'm 22.",
  ],
  "what was taken back at once": [
    "They switched me to insulin by mistake and switched me straight back.",
    "I subscribed to Netflix for a friend.",
    "I'm Jessica Whitlock now, since the director swapped our parts.",
    "On stage I'm Jessica Whitlock now.",
  ],
  "what is asked": [
    "Are you saying I'm on the Lite plan?",
    "So im on the free plan??",
    "Am I allergic to cats?",
    "What would it cost if I had two kids?",
  ],
  "figures of speech": [
    "I'm married to my job.",
    "I'm single handedly keeping this shop alive.",
    "I'm pregnant with ideas.",
    "I have a hot dog every Friday.",
    "I have cancer in my family.",
    "I'm Catholic about my music tastes.",
    "I'm a doctor's daughter.",
    "I'm Canadian Tire's biggest fan.",
    "I'm 12 in the queue.",
    "I'm over 40.",
    "I'm a morning person.",
    "I live for coffee.",
    "I work out every day.",
    "The only worry I have is the parking.",
    "I turned 40 two years ago.",
  ],
  "services, departments and brands": [
    "We moved to Azure.",
    "I'm from HR.",
    "I work out at Planet Fitness most mornings.",
    "I joined Twitter in 2009.",
    "My business partner Gita called.",
    "We have a Netflix subscription.",
    "Our new domain name is lethe.example.",
    "Our project manager Scott called.",
    "I ordered 1000 cards, we normally order 5000.",
    "Why did they revoke Executive Order 13011?",
    "I googled repairs and found Bright Star.",
  ],
  "what somebody cannot recall": ["I don't remember what it's called.", "We never store anything in Bonn."],
};

function listKnown(content: string): string[] {
  return readAsJane(content)
    .filter(({ name, source, kind }) => name !== SAID && source === null && kind !== "closes")
    .map(({ name, target, attributes }) => `${name} ${target ?? attributes?.value ?? ""}`);
}

for (const [kind, texts] of Object.entries(TRAPS))
  for (const text of texts)
    test(`${kind}: "${text}" says nothing of its writer`, () => assert.deepEqual(listKnown(text), []));

test("a bare answer counts where it answers, about whom it was asked, what was asked", () => {
  const answer = (question: string, content: string) => {
    const before = [{ speaker: { kind: "machine" as const }, content: question }];
    return readAsJane(content, { before })
      .map(({ name }) => name)
      .filter((name) => name !== SAID);
  };
  assert.deepEqual(answer("Where do you live?", "Rome"), ["LIVES_IN"]);
  assert.deepEqual(answer("May I have your order number?", "AB-10442"), ["HAS_ORDER"]);
  for (const [question, content] of [
    ["Where do you live?", "Nowhere"],
    ["What is your name?", "No Thanks"],
    ["What's your wife's email?", "ana@example.org"],
    ["Which city are you flying to?", "Rome"],
    ["What city were you born in?", "Rome"],
    ["What is the recipient's phone number?", "07700 900123"],
  ])
    assert.deepEqual(answer(question ?? "", content ?? ""), [], question);
});
