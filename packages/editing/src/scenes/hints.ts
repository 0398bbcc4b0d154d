import type { Standing } from "./layout.ts";
import { colourWords, type relationWords, type TraitWords, traitWords } from "./phrases.ts";
import { type PlaceName, placeAt, placeNames, type Third } from "./places.ts";
import { objectAt } from "./scene-objects.ts";

/** Where an object is, seen from another one. */
export interface Relation {
  readonly relation: keyof typeof relationWords;
  readonly anchor: string;
}

/** One way in which an object differs from all others in the scene. */
export type Hint =
  | { readonly kind: "property"; readonly words: TraitWords }
  | { readonly kind: "place"; readonly place: PlaceName }
  | { readonly kind: "relation"; readonly relation: Relation }
  | { readonly kind: "size"; readonly size: "big" | "small" };

/**
 * All hints that identify an object: each fits it and none of the others.
 * @param namesColours Whether the objects have the colours that the catalogue names.
 */
export function hintsFor(
  object: Standing,
  others: readonly Standing[],
  namesColours: boolean,
): readonly Hint[] {
  return [
    ...propertyHints(object, others, namesColours),
    ...placeHints(object, others),
    ...relationHints(object, others),
    ...sizeHints(object, others),
  ];
}

function propertyHints(
  object: Standing,
  others: readonly Standing[],
  namesColours: boolean,
): readonly Hint[] {
  const { traits, colour } = objectAt(object.index);
  const rest = others.map(({ index }) => objectAt(index));
  const byTrait = traits
    .filter((trait) => !rest.some((other) => other.traits.includes(trait)))
    .map((trait) => traitWords[trait]);
  const isOnlyColour = namesColours && !rest.some((other) => other.colours.includes(colour));
  return [...byTrait, ...(isOnlyColour ? [colourWords(colour)] : [])].map((words) => ({
    kind: "property",
    words,
  }));
}

function placeHints(object: Standing, others: readonly Standing[]): readonly Hint[] {
  return placeNames
    .filter((place) => isAt(object, place) && !others.some((other) => isAt(other, place)))
    .map((place) => ({ kind: "place", place }));
}

/** "left" covers the whole left column; a corner and the middle are single places. */
function isAt(object: Standing, name: PlaceName): boolean {
  const here = placeAt(object.place);
  const { row, column } = placeAt(name);
  if (row !== 0 && column === 0) return here.row === row;
  if (row === 0 && column !== 0) return here.column === column;
  return here.name === name;
}

function relationHints(object: Standing, others: readonly Standing[]): readonly Hint[] {
  return others.flatMap((anchor): Hint[] => {
    const relation = relationOf(object, anchor);
    const rivals = others.filter(
      (other) => other !== anchor && relationOf(other, anchor) === relation,
    );
    if (relation === undefined || rivals.length > 0) return [];
    return [{ kind: "relation", relation: { relation, anchor: anchor.name } }];
  });
}

/** Relation of an object to another one in the same row or column. */
function relationOf(object: Standing, anchor: Standing): Relation["relation"] | undefined {
  const here = placeAt(object.place);
  const there = placeAt(anchor.place);
  if (here.column === there.column) return here.row < there.row ? "above" : "below";
  if (here.row === there.row) return here.column < there.column ? "left" : "right";
  return undefined;
}

/** Ratio of the longer sides from which a person would call one object bigger. */
const clearlyBigger = 1.25;

function sizeHints(object: Standing, others: readonly Standing[]): readonly Hint[] {
  if (others.length === 0) return [];
  const sides = others.map(({ box }) => Math.max(box.width, box.height));
  const own = Math.max(object.box.width, object.box.height);
  if (own > clearlyBigger * Math.max(...sides)) return [{ kind: "size", size: "big" }];
  if (own * clearlyBigger < Math.min(...sides)) return [{ kind: "size", size: "small" }];
  return [];
}

/** Objects at the opposite end of a new object's row or column, relative to which its place can be described. */
export function relationsTo(come: Standing, stay: readonly Standing[]): readonly Relation[] {
  const here = placeAt(come.place);
  const faces = (a: Third, b: Third): boolean => a !== 0 && a === -b;
  return stay.flatMap((other): Relation[] => {
    const there = placeAt(other.place);
    const isFacing =
      (there.column === here.column && faces(here.row, there.row)) ||
      (there.row === here.row && faces(here.column, there.column));
    const relation = isFacing ? relationOf(come, other) : undefined;
    return relation === undefined ? [] : [{ relation, anchor: other.name }];
  });
}
