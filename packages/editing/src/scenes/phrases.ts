import type { PlaceName } from "./places.ts";
import type { SceneOperation } from "./scene.ts";
import type { Colour, Trait } from "./scene-objects.ts";

/** Wordings with placeholders in braces. Training uses `shared` only; evaluation also uses `held`. */
export interface Wordings {
  readonly shared: readonly string[];
  readonly held: readonly string[];
}

/** Instructions: `{old}` is the existing object, `{new}` the new one, `{place}` its place, `{colour}` the new colour. */
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
      "replace {old} by {new}",
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
  recolor: {
    shared: [
      "make {old} {colour}",
      "paint {old} {colour}",
      "color {old} {colour}",
      "turn {old} {colour}",
      "recolor {old} to {colour}",
      "change the color of {old} to {colour}",
      "{old} should be {colour}",
      "i want {old} to be {colour}",
      "please make {old} {colour}",
    ],
    held: [
      "please paint {old} {colour}",
      "make the color of {old} {colour}",
      "change {old} to {colour}",
    ],
  },
};

/** Two-step instructions: `{ask}` or `{is}` identifies the object, the rest says what to do with it. */
export const questions: Record<"remove" | "replace" | "recolor", Wordings> = {
  remove: {
    shared: [
      "which one {ask} take it away",
      "which one {ask} remove it",
      "what {ask} here take it away",
      "what {ask} here delete it",
      "find what {is} and delete it",
      "look for the thing that {is} and erase it",
    ],
    held: [
      "which one {ask} delete it",
      "what {ask} here remove it",
      "find the thing that {is} and take it away",
    ],
  },
  replace: {
    shared: [
      "which one {ask} turn it into {new}",
      "which one {ask} replace it with {new}",
      "what {ask} here replace it with {new}",
      "find what {is} and swap it for {new}",
      "look for the thing that {is} and change it to {new}",
    ],
    held: [
      "which one {ask} swap it for {new}",
      "what {ask} here turn it into {new}",
      "find the thing that {is} and turn it into {new}",
    ],
  },
  recolor: {
    shared: [
      "which one {ask} make it {colour}",
      "which one {ask} paint it {colour}",
      "what {ask} here paint it {colour}",
      "find what {is} and color it {colour}",
      "look for the thing that {is} and turn it {colour}",
    ],
    held: ["what {ask} here make it {colour}", "find the thing that {is} and paint it {colour}"],
  },
};

/** Ways to point at an object by a property; `{is}` is a claim such as "can drive". */
export const claims: Wordings = {
  shared: ["what {is}", "the thing that {is}", "the one that {is}"],
  held: ["the object that {is}"],
};

/** Ways to point at an object by its place; `{place}` is filled in. */
export const pointers: Wordings = {
  shared: ["what is {place}", "the thing {place}", "the object {place}", "the one {place}"],
  held: ["the thing that is {place}"],
};

/** Ways to point at the largest or the smallest object. */
export const sizeWords: Record<"big" | "small", Wordings> = {
  big: { shared: ["the biggest thing", "the largest thing", "the biggest one"], held: [] },
  small: { shared: ["the smallest thing", "the tiniest thing", "the smallest one"], held: [] },
};

/** Wordings of one property. */
export interface TraitWords {
  /** Fills "the thing that {is}". */
  readonly is: readonly string[];
  /** Fills "which one {ask}" and "what {ask} here". */
  readonly ask: readonly string[];
  /** Fills "the {noun}". */
  readonly nouns: readonly string[];
}

function words(
  is: readonly string[],
  ask: readonly string[],
  nouns: readonly string[],
): TraitWords {
  return { is, ask, nouns };
}

/** A property whose claim and question read the same: "lives in water". */
const claim = (is: readonly string[], ...nouns: string[]): TraitWords => words(is, is, nouns);

/** Wordings of every trait. */
export const traitWords: Record<Trait, TraitWords> = {
  food: words(["you can eat", "is food"], ["can you eat", "is food"], ["food", "snack"]),
  fruit: claim(["is a fruit"], "fruit"),
  vegetable: claim(["is a vegetable"], "vegetable"),
  treat: claim(["is baked"], "treat"),
  animal: claim(["is an animal", "has eyes", "is alive"], "animal", "creature"),
  pet: claim(["lives in a home"], "pet"),
  farm: claim(["lives on a farm"], "farm animal"),
  bird: claim(["is a bird", "has feathers"], "bird"),
  insect: claim(["is an insect"], "insect"),
  water: claim(["moves in water"]),
  vehicle: words(["people travel in"], ["do people travel in"], ["vehicle"]),
  road: claim(["can drive", "has wheels"]),
  flying: claim(["can fly"]),
  plant: claim(["is a plant", "grows in the ground"], "plant"),
  flower: claim(["is a flower"], "flower"),
  instrument: words(
    ["makes music", "a musician plays"],
    ["makes music", "does a musician play"],
    ["instrument"],
  ),
  strings: claim(["has strings"]),
  blown: words(["you blow into"], ["do you blow into"], []),
  clothing: words(["you can wear"], ["can you wear"], ["piece of clothing"]),
  head: words(["you wear on the head"], ["do you wear on the head"], []),
  sport: claim(["is for sport"]),
  ball: words(["you can kick"], ["can you kick"], ["ball"]),
  tool: words(["is a tool", "you work with"], ["is a tool", "do you work with"], ["tool"]),
  sharp: claim(["is sharp"]),
  device: claim(["needs power"], "device"),
  screen: claim(["has a screen"]),
  building: words(["people live in"], ["do people live in"], ["building"]),
  sky: words(["you see in the sky"], ["do you see in the sky"], []),
  toy: words(["is a toy", "children play with"], ["is a toy", "do children play with"], ["toy"]),
};

/** Wordings of a colour. */
export function colourWords(colour: Colour): TraitWords {
  return claim([`is ${colour}`], `${colour} thing`, `${colour} one`);
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

/** Wordings of every place. */
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

/** Wordings of every relation. */
export const relationWords: Record<"above" | "below" | "left" | "right", Wordings> = {
  above: { shared: ["above the {anchor}", "over the {anchor}"], held: [] },
  below: { shared: ["below the {anchor}", "under the {anchor}"], held: [] },
  left: { shared: ["to the left of the {anchor}", "left of the {anchor}"], held: [] },
  right: { shared: ["to the right of the {anchor}", "right of the {anchor}"], held: [] },
};

/** A new object described by category and colour: "a yellow fruit". */
export function riddle(colour: Colour, noun: string): string {
  return `${colour === "orange" ? "an" : "a"} ${colour} ${noun}`;
}
