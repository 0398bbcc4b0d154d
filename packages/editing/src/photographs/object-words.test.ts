import { expect, test } from "vitest";
import { readObject } from "./object-words.ts";

/** Checked by hand, kind by kind. */
const words: Readonly<Record<string, string>> = {
  puppy: "dog",
  puppies: "dog",
  poodle: "dog",
  kitten: "cat",
  "alley cat": "cat",
  couch: "couch",
  sofa: "couch",
  automobile: "car",
  taxi: "car",
  lorry: "truck",
  "fire engine": "truck",
  motorbike: "motorcycle",
  bike: "bicycle",
  plane: "airplane",
  jet: "airplane",
  sailboat: "boat",
  ferry: "boat",
  man: "person",
  women: "person",
  people: "person",
  child: "person",
  astronaut: "person",
  fisherman: "person",
  firemen: "person",
  sparrow: "bird",
  ducks: "bird",
  geese: "bird",
  chickens: "bird",
  bison: "cow",
  pony: "horse",
  lamb: "sheep",
  bull: "cow",
  calves: "cow",
  "polar bear": "bear",
  mammoth: "elephant",
  rucksack: "backpack",
  purse: "handbag",
  briefcase: "suitcase",
  football: "sports ball",
  mug: "cup",
  "coffee cup": "cup",
  "wine glasses": "wine glass",
  knives: "knife",
  hamburger: "sandwich",
  doughnut: "donut",
  armchair: "chair",
  houseplant: "potted plant",
  table: "dining table",
  television: "tv",
  smartphone: "cell phone",
  fridge: "refrigerator",
  "alarm clock": "clock",
  mice: "mouse",
  "soft toy": "teddy bear",
};

test.each(Object.entries(words))("%s is of the kind %s", (word, kind) => {
  expect(readObject(word)).toMatchObject({ kind });
});

test("a plural means all of them", () => {
  expect(readObject("dogs")).toMatchObject({ kind: "dog", isPlural: true });
  expect(readObject("dog")).toMatchObject({ kind: "dog", isPlural: false });
  expect(readObject("sheep")).toMatchObject({ kind: "sheep", isPlural: false });
});

test("words before the noun are kept apart", () => {
  expect(readObject("Big brown Puppies")).toEqual({
    kind: "dog",
    isPlural: true,
    rest: ["big", "brown"],
  });
});

test("an unknown word is answered with the nearest that are known", () => {
  expect(readObject("dgo")).toEqual({ nearest: expect.arrayContaining(["dog"]) });
  expect(readObject("")).toHaveProperty("nearest");
});
