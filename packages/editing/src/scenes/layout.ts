import { type Place, type PlaceName, places } from "./places.ts";
import { drawPose } from "./poses.ts";
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
import { type Tint, tints } from "./tint.ts";

/** A placed object with its picture. */
export interface Standing extends PlacedObject {
  readonly pose: Pose;
  readonly sprite: Sprite;
}

/** Objects before and after the edit. `stay` is in both; with a tint, `come` is `gone` recoloured. */
export interface Layout {
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
  sprites: SpriteSheet,
  options: LayoutOptions,
): Layout | undefined {
  const { split, operation, count } = options;
  const hasArrival = operation === "add" || operation === "replace";
  const indices = drawObjects(random, options, count + (hasArrival ? 1 : 0));
  if (indices === undefined) return undefined;
  const standing: Standing[] = [];
  const arrival = hasArrival ? indices[0] : undefined;
  if (operation === "add" && arrival !== undefined) {
    standing.push(stand(sprites, arrival, random.pick(places), arrivingPose));
  }
  for (const index of hasArrival ? indices.slice(1) : indices) {
    const found = findPlace(random, sprites, standing, index, split);
    if (found === undefined) return undefined;
    standing.push(found);
  }
  const [first, ...stay] = standing;
  if (first === undefined) return undefined;
  if (operation === "add") return { stay, come: first };
  if (operation === "recolor") return recolour(random, first, stay);
  if (arrival === undefined) return { stay, gone: first };
  const come = stand(sprites, arrival, { name: first.place, ...first.centre }, arrivingPose);
  return stay.some((other) => isCovered(other.box, come.box))
    ? undefined
    : { stay, gone: first, come };
}

function recolour(random: Random, gone: Standing, stay: readonly Standing[]): Layout {
  const { colours } = objectAt(gone.index);
  const tint = random.pick(tints.filter((candidate) => !colours.includes(candidate)));
  return { stay, gone, come: { ...gone, sprite: tintSprite(gone.sprite, tint) }, tint };
}

interface Spot {
  readonly name: PlaceName;
  readonly x: number;
  readonly y: number;
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

/** Largest offset of an object from the centre of its place, in pixels. */
const jitter = 4;

function findPlace(
  random: Random,
  sprites: SpriteSheet,
  standing: readonly Standing[],
  index: number,
  split: SceneSplit,
): Standing | undefined {
  for (let attempt = 0; attempt < 8; attempt++) {
    const place: Place = random.pick(places);
    if (standing.some((other) => other.place === place.name)) continue;
    const spot = {
      name: place.name,
      x: place.x + random.integer(-jitter, jitter),
      y: place.y + random.integer(-jitter, jitter),
    };
    const candidate = stand(sprites, index, spot, drawPose(random, split));
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
