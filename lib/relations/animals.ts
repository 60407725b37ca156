import type { Relation } from "#lib/relations/relation.ts";

/** The animals that somebody lives with. */
export const ANIMALS = {
  HAS_PET: {
    theme: "animals",
    template: "{subject}'s pet is {object}",
    label: "pet",
    object: "animal",
    nouns:
      "pet|pets|hamster|rabbit|bunny|parrot|budgie|horse|pony|tortoise|turtle|goldfish|fish|snake|lizard|gecko|ferret|goat|chicken|guinea pig",
    examples: { "My horse is called Bo.": "Bo" },
  },
  HAS_DOG: {
    theme: "animals",
    template: "{subject}'s dog is {object}",
    label: "dog",
    object: "animal",
    nouns:
      "dog|dogs|puppy|puppies|pup|retriever|labrador|lab|poodle|terrier|beagle|spaniel|shepherd|husky|corgi|dachshund|pug|bulldog|collie|greyhound|bernese|rottweiler|doberman|chihuahua|dalmatian|whippet|schnauzer|cockapoo|labradoodle|goldendoodle|mastiff|malinois|samoyed|westie|yorkie|akita|lurcher|setter|pointer|weimaraner|newfoundland|pomeranian|shih tzu|papillon|vizsla|ridgeback|deerhound|wolfhound|cavapoo|sheepdog",
    examples: {
      "My dog is called Friday.": "Friday",
      "One of my dogs, Daisy, is a Labrador.": "Daisy",
      "I adopted a puppy named Rex.": "Rex",
      "We have a dog that sheds like crazy, a Bernese called Bruno.": "Bruno",
      "We've a black lab, Pepper, and two goldfish.": "Pepper",
      "I adopted a pup from a shelter. I named it Ned.": "Ned",
      "My furry friend Daisy came in.": "",
      "Max, my dog, turned 5 two days ago.": "Max",
      "My dog is tired.": "",
    },
  },
  HAS_CAT: {
    theme: "animals",
    template: "{subject}'s cat is {object}",
    label: "cat",
    object: "animal",
    nouns: "cat|cats|kitten|kittens|kitty",
    examples: {
      "i have a cat named milo": "Milo",
      "My cats are Tom and Kit.": "Tom; Kit",
      "the two cats are called Mango and Chutney": "Mango; Chutney",
      "I live with my partner and our two cats, Fig and Olive.": "Fig; Olive",
    },
  },
  HAS_PETS: {
    theme: "animals",
    template: "{subject} has {object}",
    label: "pets",
    object: "count",
    nouns:
      "pet|pets|horse|horses|hamster|hamsters|rabbit|rabbits|bunny|bunnies|fish|goldfish|parrot|parrots|bird|birds|turtle|turtles|tortoise|chickens|goats|snake|lizard|ferret|ferrets",
    examples: { "I own two horses.": "two horses", "I have two goldfish.": "two goldfish" },
  },
  HAS_DOGS: {
    theme: "animals",
    template: "{subject} has {object}",
    label: "dogs",
    single: true,
    object: "count",
    nouns: "dog|dogs|puppy|puppies",
    examples: {
      "I have three dogs.": "three dogs",
      "I have a dog.": "a dog",
      "We got a third dog in July.": "three dogs",
      "It's my third dog.": "",
      "I want a dog.": "",
      "I had a dog.": "",
    },
  },
  HAS_CATS: {
    theme: "animals",
    template: "{subject} has {object}",
    label: "cats",
    single: true,
    object: "count",
    nouns: "cat|cats",
  },
  ADOPTS: { theme: "animals", template: "{subject} adopts {object}" },
} as const satisfies Record<string, Relation>;
