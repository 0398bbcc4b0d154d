export type Colour =
  | "red"
  | "orange"
  | "yellow"
  | "green"
  | "blue"
  | "purple"
  | "pink"
  | "brown"
  | "black"
  | "white";

export type Category = "food" | "animal" | "vehicle" | "plant" | "instrument" | "clothing";

/** A property by which an instruction may point at an object without naming it. */
export type Trait = Category | "fruit" | "pet" | "bird" | "road" | "sky" | "flower" | "head";

export interface SceneObject {
  readonly name: string;
  readonly article: "a" | "an" | "some";
  /** File in the emoji package, without its suffix. */
  readonly codePoint: string;
  readonly category: Category;
  readonly traits: readonly Trait[];
  /** The colour a person would name first. */
  readonly colour: Colour;
  /** Every colour someone could see in it, so that "the red thing" is never in doubt. */
  readonly colours: readonly Colour[];
}

/** The 24 objects of the scenes. The order is part of the data set: indices never change. */
export const sceneObjects: readonly SceneObject[] = [
  object("apple", "1f34e", "food", ["red"], ["fruit"]),
  object("banana", "1f34c", "food", ["yellow"], ["fruit"]),
  object("donut", "1f369", "food", ["brown", "orange"]),
  object("grapes", "1f347", "food", ["purple", "green", "blue"], ["fruit"]),
  object("dog", "1f436", "animal", ["brown", "pink"], ["pet"]),
  object("cat", "1f431", "animal", ["orange", "yellow", "red"], ["pet"]),
  object("penguin", "1f427", "animal", ["black", "white", "purple", "orange", "blue"], ["bird"]),
  object("pig", "1f437", "animal", ["pink"]),
  object("car", "1f697", "vehicle", ["red", "blue", "black"], ["road"]),
  object("bus", "1f68c", "vehicle", ["orange", "yellow", "blue"], ["road"]),
  object("tractor", "1f69c", "vehicle", ["green", "black", "blue"], ["road"]),
  object("rocket", "1f680", "vehicle", ["white", "red", "orange", "pink"], ["sky"]),
  object("tree", "1f332", "plant", ["green", "brown"]),
  object("cactus", "1f335", "plant", ["green"]),
  object("sunflower", "1f33b", "plant", ["yellow", "brown", "green", "orange"], ["flower"]),
  object("hibiscus", "1f33a", "plant", ["pink", "green", "yellow"], ["flower"]),
  object("guitar", "1f3b8", "instrument", ["red", "blue", "purple", "white", "pink"]),
  object("trumpet", "1f3ba", "instrument", ["yellow", "orange", "brown"]),
  object("piano", "1f3b9", "instrument", ["black", "white", "purple"]),
  object("drum", "1f941", "instrument", ["red", "white", "brown", "pink", "purple"]),
  object("shirt", "1f455", "clothing", ["green", "yellow"]),
  object("hat", "1f3a9", "clothing", ["black", "red", "pink", "purple"], ["head"]),
  object("dress", "1f457", "clothing", ["blue"]),
  object("crown", "1f451", "clothing", ["yellow", "orange", "blue", "red"], ["head"]),
];

/** The first colour is the one that names the object. */
function object(
  name: string,
  codePoint: string,
  category: Category,
  colours: readonly [Colour, ...Colour[]],
  traits: readonly Trait[] = [],
): SceneObject {
  const article = name.endsWith("pes") ? "some" : "aeiou".includes(name.charAt(0)) ? "an" : "a";
  return {
    name,
    article,
    codePoint,
    category,
    colour: colours[0],
    colours,
    traits: [category, ...traits],
  };
}

/** The object at an index of the catalogue. */
export function objectAt(index: number): SceneObject {
  const found = sceneObjects[index];
  if (found === undefined) throw new RangeError(`there is no scene object ${index}`);
  return found;
}
