import { readFileSync } from "node:fs";
import { distance } from "fastest-levenshtein";
import { singularsOf } from "./singular.ts";

const file = new URL("../../data/object-words.json", import.meta.url);

/** What people say that WordNet files elsewhere or under a rarer sense, by kind of object. */
const synonyms: Readonly<Record<string, string>> = {
  person:
    "people, guy, lady, gentleman, kid, child, baby, toddler, boy, girl, man, woman, human, pedestrian, passerby, tourist, astronaut, cyclist, bystander, fireman, player, rider, skier, surfer, climber, bride, groom",
  bicycle: "bike, cycle, push bike",
  car: "taxi, vehicle",
  motorcycle: "vespa",
  airplane: "plane, aircraft, jet",
  bus: "trolley",
  truck: "lorry, van, pickup, pickup truck",
  boat: "yacht, sailboat, sailing boat",
  "traffic light": "stop light",
  "fire hydrant": "hydrant",
  "stop sign": "stop sign",
  bird: "chick, birdie, chicken, duckling, hen, rooster, turkey",
  cat: "kitten, kitty, puss, tabby",
  dog: "pup, puppy, doggy, doggie, hound, mutt",
  horse: "foal, mare, stallion",
  sheep: "ewe, ram",
  cow: "bison, buffalo, ox, yak",
  elephant: "jumbo",
  bear: "panda",
  backpack: "rucksack",
  umbrella: "parasol, sunshade",
  handbag: "hand bag",
  suitcase: "luggage",
  frisbee: "frisbee, flying disc",
  skis: "skis",
  "sports ball":
    "football, soccer ball, basketball, tennis ball, volleyball, baseball, beach ball, rugby ball",
  "baseball bat": "baseball bat",
  "baseball glove": "baseball glove, baseball mitt",
  skateboard: "longboard",
  "tennis racket": "tennis racket, tennis racquet, racket, racquet",
  "wine glass": "wine glass, glass",
  cup: "teacup",
  "hot dog": "sausage",
  donut: "donut",
  cake: "cupcake, muffin",
  chair: "seat, wheelchair, stool",
  "potted plant": "potted plant, pot plant, plant, house plant",
  "dining table": "dining table, table, desk",
  toilet: "loo",
  tv: "tv, television, tv screen, monitor, screen",
  laptop: "laptop, notebook computer, computer",
  remote: "remote controller, tv remote",
  keyboard: "keyboard",
  "cell phone": "phone, mobile, smartphone, iphone, mobile phone, telephone",
  oven: "stove, cooker",
  sink: "washing basin",
  clock: "watch",
  "teddy bear": "stuffed bear, teddy, soft toy, stuffed animal",
  "hair drier": "hairdryer, hairdrier",
};

function readTable(): ReadonlyMap<string, string> {
  const fromWordNet: Readonly<Record<string, string>> = JSON.parse(readFileSync(file, "utf8"));
  const rows = [...Object.entries(fromWordNet), ...Object.entries(synonyms)];
  const words = rows.flatMap(([kind, list]) =>
    list.split(", ").map((word) => [word, kind] as const),
  );
  return new Map(words);
}

let table: ReadonlyMap<string, string> | undefined;

function kinds(): ReadonlyMap<string, string> {
  table ??= readTable();
  return table;
}

/** All kinds of objects, by COCO's names. */
export function objectKinds(): readonly string[] {
  return [...new Set(kinds().values())];
}

/** What a phrase names: a kind of object, or the nearest words that are known. */
export type ObjectMeaning =
  | { readonly kind: string; readonly isPlural: boolean; readonly rest: readonly string[] }
  | { readonly nearest: readonly string[] };

/** A noun or its plural. */
function kindOf(noun: string): { kind: string; isPlural: boolean } | undefined {
  const kind = kinds().get(noun);
  if (kind !== undefined) return { kind, isPlural: noun === "people" };
  for (const singular of singularsOf(noun)) {
    const found = kinds().get(singular);
    if (found !== undefined) return { kind: found, isPlural: true };
  }
  return undefined;
}

function nearestTo(noun: string): readonly string[] {
  const words = [...kinds().keys()].map((word) => ({ word, away: distance(word, noun) }));
  return words
    .sort((a, b) => a.away - b.away || (a.word < b.word ? -1 : 1))
    .slice(0, 3)
    .map(({ word }) => word);
}

/**
 * Reads which of COCO's 80 kinds of objects a phrase names by its last words: "big brown puppies" are dogs.
 * `rest` are the words before the noun, which no table knows.
 * Source: WordNet 3.1 for what is a kind of what.
 */
export function readObject(phrase: string): ObjectMeaning {
  const words = phrase
    .toLowerCase()
    .split(/[^\p{L}\p{N}'-]+/u)
    .filter((word) => word !== "");
  for (let start = 0; start < words.length; start++) {
    const found = kindOf(words.slice(start).join(" "));
    if (found !== undefined) return { ...found, rest: words.slice(0, start) };
  }
  return { nearest: nearestTo(words.at(-1) ?? "") };
}
