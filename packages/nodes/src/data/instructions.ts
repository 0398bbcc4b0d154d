import type { Layout, Standing } from "./layout.ts";
import {
  claims,
  colourWords,
  commands,
  placeWords,
  pointers,
  questions,
  relationWords,
  riddle,
  type TraitWords,
  traitWords,
  type Wordings,
} from "./phrases.ts";
import { type PlaceName, placeAt, placeNames } from "./places.ts";
import type { Random } from "./random.ts";
import type { SceneKind, SceneSplit } from "./scene.ts";
import { objectAt, type SceneObject, sceneObjects } from "./scene-objects.ts";

/** Draws one wording; evaluation says what training never says in half of the cases. */
export type Choose = (wordings: Wordings) => string;

export function chooser(random: Random, split: SceneSplit): Choose {
  return ({ shared, held }) =>
    random.pick(split === "evaluation" && held.length > 0 && random.chance(0.5) ? held : shared);
}

/** Says what a layout's edit is; undefined where no property tells its object from the others. */
export function writeInstruction(
  random: Random,
  split: SceneSplit,
  kind: SceneKind,
  layout: Layout,
): string | undefined {
  const choose = chooser(random, split);
  const { gone, come } = layout;
  if (gone === undefined) return come && writeAddition(random, choose, kind, come, layout.stay);
  const operation = come === undefined ? "remove" : "replace";
  const fresh = come === undefined ? "" : withArticle(objectAt(come.index));
  if (kind === "simple") {
    return fill(choose(commands[operation]), { old: `the ${gone.name}`, new: fresh });
  }
  const hints = hintsFor(gone, layout.stay);
  if (hints.length === 0) return undefined;
  const hint = random.pick(hints);
  if (hint.words !== undefined && random.chance(0.3)) {
    const asked = { ask: random.pick(hint.words.ask), is: random.pick(hint.words.is), new: fresh };
    return fill(choose(questions[operation]), asked);
  }
  return fill(choose(commands[operation]), { old: describe(random, choose, hint), new: fresh });
}

function writeAddition(
  random: Random,
  choose: Choose,
  kind: SceneKind,
  come: Standing,
  stay: readonly Standing[],
): string | undefined {
  const object = objectAt(come.index);
  const plain = { new: withArticle(object), place: choose(placeWords[come.place]) };
  if (kind === "simple") return fill(choose(commands.add), plain);
  const options = [
    ...riddlesFor(object).map((words) => ({ ...plain, new: words })),
    ...relationsTo(come, stay).map(({ relation, anchor }) => ({
      ...plain,
      place: fill(choose(relationWords[relation]), { anchor }),
    })),
  ];
  return options.length === 0 ? undefined : fill(choose(commands.add), random.pick(options));
}

/** One way in which an object differs from all that stand beside it. */
export type Hint =
  | { readonly place: PlaceName; readonly words?: undefined }
  | { readonly place?: undefined; readonly words: TraitWords };

export function hintsFor(object: Standing, others: readonly Standing[]): readonly Hint[] {
  const { traits, colour } = objectAt(object.index);
  const rest = others.map((other) => objectAt(other.index));
  const byTrait = traits
    .filter((trait) => !rest.some((other) => other.traits.includes(trait)))
    .map((trait) => ({ words: traitWords[trait] }));
  const byColour = rest.some((other) => other.colours.includes(colour))
    ? []
    : [{ words: colourWords(colour) }];
  const byPlace = placeNames
    .filter((place) => isAt(object, place) && !others.some((other) => isAt(other, place)))
    .map((place) => ({ place }));
  return [...byTrait, ...byColour, ...byPlace];
}

/** "left" covers the whole left column; a corner and the middle are single places. */
function isAt(object: Standing, name: PlaceName): boolean {
  const here = placeAt(object.place);
  const { row, column } = placeAt(name);
  if (row !== 0 && column === 0) return here.row === row;
  if (row === 0 && column !== 0) return here.column === column;
  return here.name === name;
}

function describe(random: Random, choose: Choose, hint: Hint): string {
  if (hint.words === undefined) {
    return fill(choose(pointers), { place: choose(placeWords[hint.place]) });
  }
  const { nouns, is } = hint.words;
  if (nouns.length > 0 && random.chance(0.5)) return `the ${random.pick(nouns)}`;
  return fill(choose(claims), { is: random.pick(is) });
}

/** "a yellow fruit", where the catalogue holds exactly one. */
function riddlesFor(object: SceneObject): readonly string[] {
  return object.traits.flatMap((trait) => {
    const rivals = sceneObjects.filter(
      (other) =>
        other !== object && other.traits.includes(trait) && other.colours.includes(object.colour),
    );
    return rivals.length > 0
      ? []
      : traitWords[trait].nouns.map((noun) => riddle(object.colour, noun));
  });
}

interface Relation {
  readonly relation: keyof typeof relationWords;
  readonly anchor: string;
}

function relationsTo(come: Standing, stay: readonly Standing[]): readonly Relation[] {
  const here = placeAt(come.place);
  return stay.flatMap((other): Relation[] => {
    const there = placeAt(other.place);
    const anchor = other.name;
    if (there.column === here.column && there.row === -here.row && here.row !== 0) {
      return [{ relation: here.row < 0 ? "above" : "below", anchor }];
    }
    if (there.row === here.row && there.column === -here.column && here.column !== 0) {
      return [{ relation: here.column < 0 ? "left" : "right", anchor }];
    }
    return [];
  });
}

export function withArticle(object: SceneObject): string {
  return `${object.article} ${object.name}`;
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}
