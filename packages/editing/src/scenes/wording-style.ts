import { placeWords, type Wordings } from "./phrases.ts";
import type { PlaceName } from "./places.ts";
import type { Random } from "./random.ts";
import type { SceneSplit } from "./scene.ts";

/** Draws one wording; for evaluation, half of the draws use wordings that training never uses. */
export type Choose = (wordings: Wordings) => string;

/** How instructions are worded. */
export interface WordingStyle {
  readonly choose: Choose;
  /** Where a place is: "at the top left". */
  at(place: PlaceName): string;
  /** Whether an object that is named is also placed: "the apple on the left". */
  placesNames(): boolean;
  /** Capitals and full stops. */
  punctuate(text: string): string;
}

function chooser(random: Random, split: SceneSplit): Choose {
  return ({ shared, held }) =>
    random.pick(split === "evaluation" && held.length > 0 && random.chance(0.5) ? held : shared);
}

/** Lowercase words alone. */
export function plainWording(random: Random, split: SceneSplit): WordingStyle {
  const choose = chooser(random, split);
  return {
    choose,
    at: (place) => choose(placeWords[place]),
    placesNames: () => false,
    punctuate: (text) => text,
  };
}

/** More ways to name a place, none of them one that evaluation holds back. */
function looserWordings(name: PlaceName): readonly string[] {
  if (name === "middle") return ["at the middle", "in the center of the picture"];
  const isCorner = name.includes(" ");
  return isCorner
    ? [`in the ${name}`, `at the ${name} corner`, `on the ${name} side`, `to the ${name}`]
    : [`in the ${name}`, `to the ${name}`, `at the ${name} side`, `on the ${name} of the picture`];
}

/** As people type: some sentences with capitals and full stops, some objects named and placed. */
export function variedWording(random: Random, split: SceneSplit): WordingStyle {
  const choose = chooser(random, split);
  return {
    choose,
    at(place) {
      const { shared, held } = placeWords[place];
      return choose({ shared: [...shared, ...looserWordings(place)], held });
    },
    placesNames: () => random.chance(0.25),
    punctuate(text) {
      const start = random.chance(0.5) ? text.slice(0, 1).toUpperCase() : text.slice(0, 1);
      const end = [".", "", "!"][random.weighted([5, 5, 1])] ?? "";
      return `${start}${text.slice(1)}${end}`;
    },
  };
}
