import type { PlaceName } from "./places.ts";
import type { SceneOperation } from "./scene.ts";
import type { Colour, Trait } from "./scene-objects.ts";

/** Wordings by split: evaluation also uses `held`, which training never says. Braces are filled in. */
export interface Wordings {
  readonly shared: readonly string[];
  readonly held: readonly string[];
}

/** `{old}` the object that is there, `{new}` the one to come, `{place}` where. */
export const commands: Record<SceneOperation, Wordings> = {
  remove: {
    shared: [
      "remove {old}",
      "take away {old}",
      "take {old} away",
      "delete {old}",
      "erase {old}",
      "get rid of {old}",
      "remove {old} from the picture",
      "take {old} out of the picture",
      "make {old} disappear",
      "please remove {old}",
      "i do not want {old}",
    ],
    held: ["please take {old} away", "erase {old} from the picture", "please get rid of {old}"],
  },
  add: {
    shared: [
      "add {new} {place}",
      "put {new} {place}",
      "place {new} {place}",
      "draw {new} {place}",
      "insert {new} {place}",
      "i want {new} {place}",
      "make {new} appear {place}",
      "{place} add {new}",
      "{place} put {new}",
      "please add {new} {place}",
    ],
    held: ["please put {new} {place}", "{place} draw {new}", "please make {new} appear {place}"],
  },
  replace: {
    shared: [
      "replace {old} with {new}",
      "turn {old} into {new}",
      "swap {old} for {new}",
      "change {old} to {new}",
      "exchange {old} for {new}",
      "make {old} into {new}",
      "i want {new} instead of {old}",
      "put {new} in place of {old}",
      "please replace {old} with {new}",
    ],
    held: [
      "please turn {old} into {new}",
      "change {old} into {new}",
      "i want {new} in place of {old}",
    ],
  },
};

/** Reasoning in two steps: `{ask}` finds the object, the rest says what to do with it. */
export const questions: Record<"remove" | "replace", Wordings> = {
  remove: {
    shared: [
      "which one {ask} take it away",
      "which one {ask} remove it",
      "find what {is} and delete it",
      "look for the thing that {is} and erase it",
    ],
    held: ["which one {ask} delete it", "find the thing that {is} and take it away"],
  },
  replace: {
    shared: [
      "which one {ask} turn it into {new}",
      "which one {ask} replace it with {new}",
      "find what {is} and swap it for {new}",
      "look for the thing that {is} and change it to {new}",
    ],
    held: ["which one {ask} swap it for {new}", "find the thing that {is} and turn it into {new}"],
  },
};

/** Ways to point at an object by a property; `{is}` is a claim such as "can drive". */
export const claims: Wordings = {
  shared: ["what {is}", "the thing that {is}", "the one that {is}"],
  held: ["the object that {is}"],
};

export const pointers: Wordings = {
  shared: ["what is {place}", "the thing {place}", "the object {place}", "the one {place}"],
  held: ["the thing that is {place}"],
};

export interface TraitWords {
  /** Fills "the thing that {is}". */
  readonly is: readonly string[];
  /** Fills "which one {ask}". */
  readonly ask: readonly string[];
  /** Fills "the {noun}". */
  readonly nouns: readonly string[];
}

export const traitWords: Record<Trait, TraitWords> = {
  food: {
    is: ["you can eat", "is food"],
    ask: ["can you eat", "is food"],
    nouns: ["food", "snack"],
  },
  animal: {
    is: ["is an animal", "has eyes"],
    ask: ["is an animal", "has eyes"],
    nouns: ["animal", "creature"],
  },
  vehicle: {
    is: ["has an engine", "people travel in"],
    ask: ["has an engine", "do people travel in"],
    nouns: ["vehicle"],
  },
  plant: {
    is: ["is a plant", "grows in the ground"],
    ask: ["is a plant", "grows in the ground"],
    nouns: ["plant"],
  },
  instrument: {
    is: ["makes music", "a musician plays"],
    ask: ["makes music", "does a musician play"],
    nouns: ["instrument"],
  },
  clothing: { is: ["you can wear"], ask: ["can you wear"], nouns: ["piece of clothing"] },
  fruit: { is: ["is a fruit"], ask: ["is a fruit"], nouns: ["fruit"] },
  pet: { is: ["lives in a home"], ask: ["lives in a home"], nouns: ["pet"] },
  bird: { is: ["is a bird"], ask: ["is a bird"], nouns: ["bird"] },
  road: { is: ["can drive"], ask: ["can drive"], nouns: [] },
  sky: { is: ["can fly into space"], ask: ["can fly into space"], nouns: [] },
  flower: { is: ["is a flower"], ask: ["is a flower"], nouns: ["flower"] },
  head: { is: ["you wear on the head"], ask: ["do you wear on the head"], nouns: [] },
};

export function colourWords(colour: Colour): TraitWords {
  return {
    is: [`is ${colour}`],
    ask: [`is ${colour}`],
    nouns: [`${colour} thing`, `${colour} one`],
  };
}

const side = (name: string): Wordings => ({
  shared: [`on the ${name}`, `on the ${name} side`],
  held: [],
});
const end = (name: string): Wordings => ({
  shared: [`at the ${name}`],
  held: [`on the ${name} side`],
});
const corner = (name: string): Wordings => ({
  shared: [`at the ${name}`, `in the ${name} corner`],
  held: [`on the ${name}`],
});

export const placeWords: Record<PlaceName, Wordings> = {
  "top left": corner("top left"),
  top: end("top"),
  "top right": corner("top right"),
  left: side("left"),
  middle: { shared: ["in the middle", "in the center"], held: ["at the center"] },
  right: side("right"),
  "bottom left": corner("bottom left"),
  bottom: end("bottom"),
  "bottom right": corner("bottom right"),
};

/** Where the new object goes, seen from one that stands at the other end of the row or column. */
export const relationWords: Record<"above" | "below" | "left" | "right", Wordings> = {
  above: { shared: ["above the {anchor}", "over the {anchor}"], held: [] },
  below: { shared: ["below the {anchor}", "under the {anchor}"], held: [] },
  left: { shared: ["to the left of the {anchor}", "left of the {anchor}"], held: [] },
  right: { shared: ["to the right of the {anchor}", "right of the {anchor}"], held: [] },
};

/** An object to come that only its kind and colour tell: "a yellow fruit". */
export function riddle(colour: Colour, noun: string): string {
  return `${colour === "orange" ? "an" : "a"} ${colour} ${noun}`;
}
