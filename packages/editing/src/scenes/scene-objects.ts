/** Colours by which an instruction can point at an object. */
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
  | "white"
  | "grey";

/** What kind of thing an object is. */
export type Category =
  | "fruit"
  | "vegetable"
  | "treat"
  | "animal"
  | "vehicle"
  | "plant"
  | "instrument"
  | "clothing"
  | "sport"
  | "tool"
  | "device"
  | "building"
  | "sky"
  | "toy";

/** A property by which an instruction can identify an object without naming it. */
export type Trait =
  | Category
  | "food"
  | "pet"
  | "farm"
  | "bird"
  | "insect"
  | "water"
  | "road"
  | "flying"
  | "flower"
  | "strings"
  | "blown"
  | "head"
  | "ball"
  | "sharp"
  | "screen";

/** An object of the catalogue. */
export interface SceneObject {
  readonly name: string;
  readonly article: "a" | "an" | "some";
  /** File name in the emoji package, without extension. */
  readonly codePoint: string;
  readonly category: Category;
  readonly traits: readonly Trait[];
  /** The colour that a person would name first. */
  readonly colour: Colour;
  /** All colours that someone could see in it, so that "the red thing" is never ambiguous. */
  readonly colours: readonly Colour[];
}

const edible: readonly Category[] = ["fruit", "vegetable", "treat"];

/**
 * The catalogue of objects: those of training, then those that only evaluation shows. The order is part of the data set,
 * so indices never change.
 */
export const sceneObjects: readonly SceneObject[] = [
  object("apple", "1f34e", "fruit", "red pink"),
  object("banana", "1f34c", "fruit", "yellow orange"),
  object("grapes", "1f347", "fruit", "purple green blue"),
  object("strawberry", "1f353", "fruit", "red pink green"),
  object("pineapple", "1f34d", "fruit", "orange yellow green brown"),
  object("watermelon", "1f349", "fruit", "red pink green white"),
  object("lemon", "1f34b", "fruit", "yellow orange"),
  object("peach", "1f351", "fruit", "orange pink red green yellow"),
  object("cherries", "1f352", "fruit", "red pink green"),
  object("pear", "1f350", "fruit", "green yellow"),
  object("carrot", "1f955", "vegetable", "orange green"),
  object("tomato", "1f345", "vegetable", "red pink green"),
  object("broccoli", "1f966", "vegetable", "green blue"),
  object("corn", "1f33d", "vegetable", "yellow green orange"),
  object("eggplant", "1f346", "vegetable", "purple blue green"),
  object("cucumber", "1f952", "vegetable", "green"),
  object("mushroom", "1f344", "vegetable", "red pink white"),
  object("donut", "1f369", "treat", "brown orange pink"),
  object("cookie", "1f36a", "treat", "brown orange"),
  object("cupcake", "1f9c1", "treat", "pink blue"),
  object("pizza", "1f355", "treat", "yellow orange red"),
  object("burger", "1f354", "treat", "brown orange green yellow red pink"),
  object("bread", "1f35e", "treat", "brown orange"),
  object("cheese", "1f9c0", "treat", "yellow orange"),
  object("dog", "1f436", "animal", "brown pink white orange", "pet"),
  object("cat", "1f431", "animal", "orange yellow red", "pet"),
  object("pig", "1f437", "animal", "pink", "farm"),
  object("rabbit", "1f430", "animal", "white grey pink", "pet"),
  object("bear", "1f43b", "animal", "brown red pink"),
  object("fox", "1f98a", "animal", "orange red black"),
  object("lion", "1f981", "animal", "orange brown yellow"),
  object("cow", "1f42e", "animal", "white black pink grey", "farm"),
  object("frog", "1f438", "animal", "green yellow orange", "water"),
  object("monkey", "1f435", "animal", "brown pink purple red"),
  object("elephant", "1f418", "animal", "grey white purple"),
  object("turtle", "1f422", "animal", "green blue"),
  object("fish", "1f420", "animal", "blue orange yellow", "water"),
  object("octopus", "1f419", "animal", "pink orange red", "water"),
  object("bee", "1f41d", "animal", "yellow black orange blue grey purple", "insect flying"),
  object("butterfly", "1f98b", "animal", "red black orange purple", "insect flying"),
  object("penguin", "1f427", "animal", "black white purple orange blue", "bird"),
  object("owl", "1f989", "animal", "brown orange yellow white black", "bird flying"),
  object("chick", "1f424", "animal", "yellow orange", "bird farm"),
  object("parrot", "1f99c", "animal", "red pink blue yellow", "bird flying"),
  object("car", "1f697", "vehicle", "red blue black pink", "road"),
  object("bus", "1f68c", "vehicle", "orange blue yellow white", "road"),
  object("tractor", "1f69c", "vehicle", "green black blue", "road"),
  object("rocket", "1f680", "vehicle", "white red orange pink grey", "flying"),
  object("truck", "1f69a", "vehicle", "yellow orange red black", "road"),
  object("taxi", "1f695", "vehicle", "yellow orange black blue", "road"),
  object("bicycle", "1f6b2", "vehicle", "red pink white black purple blue", "road"),
  object("plane", "2708-fe0f", "vehicle", "blue white grey purple", "flying"),
  object("helicopter", "1f681", "vehicle", "orange blue red", "flying"),
  object("sailboat", "26f5", "vehicle", "orange yellow blue red", "water"),
  object("tree", "1f332", "plant", "green brown"),
  object("cactus", "1f335", "plant", "green"),
  object("sunflower", "1f33b", "plant", "yellow brown green orange red", "flower"),
  object("hibiscus", "1f33a", "plant", "pink green yellow red", "flower"),
  object("tulip", "1f337", "plant", "pink green purple", "flower"),
  object("rose", "1f339", "plant", "red green pink", "flower"),
  object("palm", "1f334", "plant", "green brown red"),
  object("guitar", "1f3b8", "instrument", "red pink white blue purple", "strings"),
  object("trumpet", "1f3ba", "instrument", "yellow orange brown", "blown"),
  object("piano", "1f3b9", "instrument", "black white purple grey"),
  object("drum", "1f941", "instrument", "red white pink brown orange"),
  object("violin", "1f3bb", "instrument", "brown red black purple grey", "strings"),
  object("saxophone", "1f3b7", "instrument", "yellow orange", "blown"),
  object("shirt", "1f455", "clothing", "green yellow"),
  object("hat", "1f3a9", "clothing", "black red pink purple grey", "head"),
  object("dress", "1f457", "clothing", "blue"),
  object("crown", "1f451", "clothing", "orange yellow blue red", "head"),
  object("shoe", "1f45f", "clothing", "purple grey white"),
  object("cap", "1f9e2", "clothing", "blue", "head"),
  object("jeans", "1f456", "clothing", "blue"),
  object("scarf", "1f9e3", "clothing", "red pink"),
  object("football", "26bd", "sport", "white blue purple black", "ball"),
  object("basketball", "1f3c0", "sport", "orange red black brown", "ball"),
  object("skateboard", "1f6f9", "sport", "purple black orange"),
  object("trophy", "1f3c6", "sport", "yellow orange brown pink"),
  object("hammer", "1f528", "tool", "brown grey purple red white"),
  object("scissors", "2702-fe0f", "tool", "red pink purple grey", "sharp"),
  object("axe", "1fa93", "tool", "red pink brown grey", "sharp"),
  object("key", "1f511", "tool", "yellow orange"),
  object("umbrella", "2602-fe0f", "tool", "purple black blue"),
  object("pencil", "270f-fe0f", "tool", "orange red pink yellow", "sharp"),
  object("phone", "1f4f1", "device", "black blue purple orange", "screen"),
  object("camera", "1f4f7", "device", "grey black white"),
  object("television", "1f4fa", "device", "grey blue black brown", "screen"),
  object("laptop", "1f4bb", "device", "blue grey white", "screen"),
  object("clock", "23f0", "device", "red pink white yellow orange purple"),
  object("house", "1f3e0", "building", "orange red brown green blue"),
  object("castle", "1f3f0", "building", "white red pink purple grey"),
  object("tent", "26fa", "building", "green orange"),
  object("sun", "1f31e", "sky", "orange yellow brown"),
  object("moon", "1f319", "sky", "yellow orange"),
  object("star", "2b50", "sky", "yellow orange"),
  object("cloud", "2601-fe0f", "sky", "white grey purple blue"),
  object("balloon", "1f388", "toy", "red pink blue purple", "flying"),
  object("teddy", "1f9f8", "toy", "brown orange red"),
  object("kite", "1fa81", "toy", "green blue red yellow orange", "flying"),
  object("kiwi", "1f95d", "fruit", "green brown white"),
  object("onion", "1f9c5", "vegetable", "brown orange"),
  object("croissant", "1f950", "treat", "brown orange red"),
  object("panda", "1f43c", "animal", "white black purple grey"),
  object("mouse", "1f42d", "animal", "grey pink white purple"),
  object("flamingo", "1f9a9", "animal", "pink", "bird"),
  object("train", "1f682", "vehicle", "black red grey purple pink blue"),
  object("daisy", "1f33c", "plant", "white purple green orange yellow", "flower"),
  object("accordion", "1fa97", "instrument", "red pink white orange grey"),
  object("socks", "1f9e6", "clothing", "green blue yellow"),
  object("saw", "1fa9a", "tool", "grey red white brown", "sharp"),
  object("bulb", "1f4a1", "device", "yellow orange white"),
];

/** Number of objects in training; objects from this index on only occur in evaluation, which removes them. */
export const trainedObjects = sceneObjects.findIndex(({ name }) => name === "kiwi");

/** The first colour is the one that names the object. */
function object(
  name: string,
  codePoint: string,
  category: Category,
  colourList: string,
  more = "",
): SceneObject {
  const colours = colourList.split(" ") as [Colour, ...Colour[]];
  const traits = more === "" ? [] : (more.split(" ") as Trait[]);
  const isPlural = /(?:pes|ies|ns|cks|ors)$/.test(name);
  return {
    name,
    article: isPlural ? "some" : "aeiou".includes(name.charAt(0)) ? "an" : "a",
    codePoint,
    category,
    colour: colours[0],
    colours,
    traits: [category, ...(edible.includes(category) ? (["food"] as const) : []), ...traits],
  };
}

/** The object at an index of the catalogue. */
export function objectAt(index: number): SceneObject {
  const found = sceneObjects[index];
  if (found === undefined) throw new RangeError(`there is no scene object ${index}`);
  return found;
}
