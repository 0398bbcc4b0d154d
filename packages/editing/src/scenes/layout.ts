import { catalogueStyle, type ObjectStyle } from "./object-styles.ts";
import { places } from "./places.ts";
import type { Random } from "./random.ts";
import {
  type Box,
  type PlacedObject,
  type SceneOperation,
  type SceneSplit,
  sceneSize,
} from "./scene.ts";
import { objectAt, sceneObjects, trainedObjects } from "./scene-objects.ts";
import { type Pose, type Sprite, type SpriteSheet, tintSprite } from "./sprites.ts";
import type { Spot, Staging } from "./staging.ts";
import { type Tint, tints } from "./tint.ts";

/** A placed object with its picture. */
export interface Standing extends PlacedObject {
  readonly pose: Pose;
  readonly sprite: Sprite;
}

/** The pictures of all objects in a style. */
export type SheetOf = (style: ObjectStyle) => SpriteSheet;

/** Objects before and after the edit. `stay` is in both; with a tint, `come` is `gone` recoloured. */
export interface Layout {
  /** Pictures of the objects that the source shows; what comes is drawn in the catalogue's style. */
  readonly style: ObjectStyle;
  readonly stay: readonly Standing[];
  readonly gone?: Standing;
  readonly come?: Standing;
  readonly tint?: Tint;
}

/** Fixed pose of added objects, since the instruction does not describe one. */
const arrivingPose: Pose = { size: 48, angle: 0, isMirrored: false };

/** Largest share of the smaller object's box that another one may cover. */
const mostOverlap = 0.1;

/** Whether a pair of objects is held out: such objects meet or replace each other only in evaluation. */
export function isHeldOutPair(a: number, b: number): boolean {
  return Math.abs(a - b) % 8 === 3;
}

/** Which objects of training scenes show: all hundred, or every eleventh, for models too small for all. */
export const objectSets = ["all", "ten"] as const;
/** A choice of objects. */
export type ObjectSet = (typeof objectSets)[number];

// An even stride would leave no pair of objects to hold out.
const objectStrides: Readonly<Record<ObjectSet, number>> = { all: 1, ten: 11 };

/** What a layout has to contain. */
export interface LayoutOptions {
  readonly split: SceneSplit;
  readonly staging: Staging;
  readonly operation: SceneOperation;
  /** Number of objects in the source. */
  readonly count: number;
  /** Whether the removed object is one that training never shows. */
  readonly isUnseen: boolean;
  /** Which objects of training are drawn. */
  readonly objects: ObjectSet;
}

/** Draws the source's objects, the new object and their places; undefined if they do not fit. */
export function drawLayout(
  random: Random,
  sheetOf: SheetOf,
  options: LayoutOptions,
): Layout | undefined {
  const { operation, count, staging } = options;
  const { style } = staging;
  const arriving = sheetOf(catalogueStyle);
  const hasArrival = operation === "add" || operation === "replace";
  const indices = drawObjects(random, options, count + (hasArrival ? 1 : 0));
  if (indices === undefined) return undefined;
  const standing: Standing[] = [];
  const arrival = hasArrival ? indices[0] : undefined;
  if (operation === "add" && arrival !== undefined) {
    standing.push(stand(arriving, arrival, random.pick(places), arrivingPose));
  }
  for (const index of hasArrival ? indices.slice(1) : indices) {
    const found = findPlace(random, sheetOf(style), standing, index, options);
    if (found === undefined) return undefined;
    standing.push(found);
  }
  const [first, ...stay] = standing;
  if (first === undefined) return undefined;
  if (operation === "add") return { style, stay, come: first };
  if (operation === "recolor") return recolour(random, first, stay, style);
  if (arrival === undefined) return { style, stay, gone: first };
  const come = stand(arriving, arrival, { name: first.place, ...first.centre }, arrivingPose);
  return stay.some((other) => isCovered(other.box, come.box))
    ? undefined
    : { style, stay, gone: first, come };
}

/** Least mean change of a recoloured sprite's samples, of 255; the catalogue does not name the colours of other styles. */
const leastChange = 12;

function recolour(
  random: Random,
  gone: Standing,
  stay: readonly Standing[],
  style: ObjectStyle,
): Layout | undefined {
  const { colours } = objectAt(gone.index);
  const tint = random.pick(tints.filter((candidate) => !colours.includes(candidate)));
  const sprite = tintSprite(gone.sprite, tint);
  if (style !== catalogueStyle && meanChange(gone.sprite, sprite) < leastChange) return undefined;
  return { style, stay, gone, come: { ...gone, sprite }, tint };
}

/** Mean absolute difference of the colours of two sprites of one shape, where they are opaque. */
function meanChange({ data: before }: Sprite, { data: after }: Sprite): number {
  let [change, cover] = [0, 0];
  for (let at = 0; at < before.length; at += 4) {
    cover += before[at + 3] ?? 0;
    for (let c = at; c < at + 3; c++) change += Math.abs((before[c] ?? 0) - (after[c] ?? 0)) / 3;
  }
  return change / cover;
}

function stand(sprites: SpriteSheet, index: number, { name, x, y }: Spot, pose: Pose): Standing {
  const sprite = sprites.draw(index, pose);
  const box = boxAround(sprite, x, y);
  return { index, name: objectAt(index).name, place: name, centre: { x, y }, box, pose, sprite };
}

function drawObjects(
  random: Random,
  { split, isUnseen, objects }: LayoutOptions,
  count: number,
): number[] | undefined {
  const indices: number[] = isUnseen
    ? [random.integer(trainedObjects, sceneObjects.length - 1)]
    : [];
  const stride = objectStrides[objects];
  const choices = Math.ceil(trainedObjects / stride);
  while (indices.length < count) {
    const index = stride * random.integer(0, choices - 1);
    if (!indices.includes(index)) indices.push(index);
  }
  if (count < 2 || isUnseen) return indices;
  const hasHeldOut = indices.some((a, at) =>
    indices.slice(at + 1).some((b) => isHeldOutPair(a, b)),
  );
  return hasHeldOut === (split === "evaluation") ? indices : undefined;
}

function findPlace(
  random: Random,
  sprites: SpriteSheet,
  standing: readonly Standing[],
  index: number,
  { split, staging }: LayoutOptions,
): Standing | undefined {
  for (let attempt = 0; attempt < 8; attempt++) {
    const spot = staging.drawSpot(random, standing);
    if (spot === undefined) continue;
    const candidate = stand(sprites, index, spot, staging.drawPose(random, split));
    if (!standing.some((other) => isCovered(other.box, candidate.box))) return candidate;
  }
  return undefined;
}

function boxAround(sprite: Sprite, x: number, y: number): Box {
  const { width, height } = sprite;
  const fit = (at: number, length: number): number =>
    Math.min(sceneSize - length, Math.max(0, Math.round(at - length / 2)));
  return { left: fit(x, width), top: fit(y, height), width, height };
}

/** Whether one box covers too much of the other. */
function isCovered(a: Box, b: Box): boolean {
  const across = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const down = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  if (across <= 0 || down <= 0) return false;
  return across * down > mostOverlap * Math.min(a.width * a.height, b.width * b.height);
}
