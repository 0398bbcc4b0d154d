import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** An object of the foreign scenes. */
export interface ForeignObject {
  /** As instructions call it. */
  readonly name: string;
  /** SVG elements within a square of that side. */
  readonly drawing: string;
  readonly side: number;
}

/** Objects by name, each with its drawing in Mozilla's set. */
const drawingNames: Readonly<Record<string, string>> = {
  apple: "redapple",
  banana: "banana",
  strawberry: "strawberry",
  pineapple: "pineapple",
  watermelon: "watermelon",
  lemon: "lemon",
  pear: "pear",
  tomato: "tomato",
  mushroom: "mushroom",
  donut: "doughnut",
  cookie: "cookie",
  pizza: "sliceofpizza",
  burger: "hamburger",
  bread: "bread",
  dog: "dog",
  cat: "cat",
  pig: "pig",
  rabbit: "bunny",
  bear: "bear",
  cow: "cowface",
  frog: "frog",
  monkey: "monkeyface",
  elephant: "elephant",
  turtle: "turtle",
  fish: "tropicalfish",
  octopus: "octopus",
  bee: "honeybee",
  penguin: "penguin",
  chick: "frontfacingchick",
  car: "automobile",
  bus: "bus",
  tractor: "tractor",
  rocket: "rocket",
  truck: "deliverytruck",
  taxi: "taxi",
  bicycle: "bicycle",
  plane: "airplane",
  helicopter: "helicopter",
  sailboat: "sailboat",
  tree: "evergreen",
  cactus: "cactus",
  sunflower: "sunflower",
  hibiscus: "hibiscus",
  tulip: "tulip",
  rose: "rose",
  palm: "palmtree",
  trumpet: "trumpet",
  violin: "violin",
  saxophone: "saxophone",
  hat: "tophat",
  dress: "dress",
  crown: "crown",
  football: "soccerball",
  trophy: "trophy",
  hammer: "hammer",
  key: "key",
  umbrella: "umbrella",
  pencil: "lowerleftpencil",
  camera: "camera",
  television: "television",
  laptop: "personalcomputer",
  clock: "alarmclock",
  house: "housebuilding",
  castle: "europeancastle",
  tent: "tent",
  star: "star",
  cloud: "cloud",
  balloon: "balloon",
};

const require = createRequire(import.meta.url);

/** Reads the drawings. Source: Firefox OS emoji (FxEmojis) by Mozilla, Apache-2.0. */
export async function readForeignObjects(): Promise<readonly ForeignObject[]> {
  const file = require.resolve("@iconify-json/fxemoji/icons.json");
  const { icons, width } = JSON.parse(await readFile(file, "utf8")) as {
    readonly icons: Readonly<Record<string, { readonly body: string; readonly width?: number }>>;
    readonly width: number;
  };
  return Object.entries(drawingNames).map(([name, drawn]) => {
    const icon = icons[drawn];
    if (icon === undefined) throw new RangeError(`there is no drawing ${drawn}`);
    return { name, drawing: icon.body, side: icon.width ?? width };
  });
}
