import { type Place, type PlaceName, places } from "./places.ts";
import type { Random } from "./random.ts";
import {
  type Box,
  type PlacedObject,
  type SceneOperation,
  type SceneSplit,
  sceneSize,
} from "./scene.ts";
import { objectAt, sceneObjects } from "./scene-objects.ts";
import { type Sprite, type SpriteSheet, type SpriteSize, spriteSizes } from "./sprites.ts";

/** An object where it stands, with the picture of it. */
export interface Standing extends PlacedObject {
  readonly size: SpriteSize;
  readonly sprite: Sprite;
}

/** What stands in a scene before and after. `stay` is in both. */
export interface Layout {
  readonly stay: readonly Standing[];
  readonly gone?: Standing;
  readonly come?: Standing;
}

/** Larger side of an object that an instruction adds. */
const addedSize: SpriteSize = 26;
/** Pixels between two objects. */
const gap = 1;

/** Three partners of each object stand beside it, or take its place, in evaluation alone. */
export function isHeldOutPair(a: number, b: number): boolean {
  const count = sceneObjects.length;
  const apart = Math.abs(a - b);
  return [5, 12].includes(Math.min(apart, count - apart));
}

/** Draws `count` source objects, the one to come, and their places; undefined where the draw does not fit. */
export function drawLayout(
  random: Random,
  sprites: SpriteSheet,
  split: SceneSplit,
  operation: SceneOperation,
  count: number,
): Layout | undefined {
  const indices = drawObjects(random, split, count + (operation === "remove" ? 0 : 1));
  if (indices === undefined) return undefined;
  const standing: Standing[] = [];
  const comeIndex = operation === "remove" ? undefined : indices[0];
  const sourceIndices = operation === "remove" ? indices : indices.slice(1);
  const stand = (
    index: number,
    place: PlaceName,
    size: SpriteSize,
    centre: { readonly x: number; readonly y: number },
  ): Standing => {
    const sprite = sprites.at(index, size);
    const { x, y } = centre;
    const box = boxAround(sprite, x, y);
    return { index, name: objectAt(index).name, place, centre: { x, y }, box, size, sprite };
  };

  if (operation === "add" && comeIndex !== undefined) {
    const place = random.pick(places);
    standing.push(stand(comeIndex, place.name, addedSize, place));
  }
  for (const index of sourceIndices) {
    const found = findPlace(random, standing, (place, size, dx, dy) =>
      stand(index, place.name, size, { x: place.x + dx, y: place.y + dy }),
    );
    if (found === undefined) return undefined;
    standing.push(found);
  }
  const [first, ...stay] = standing;
  if (first === undefined) return undefined;
  if (operation === "add") return { stay, come: first };
  if (comeIndex === undefined) return { stay, gone: first };
  const come = stand(comeIndex, first.place, first.size, first.centre);
  const fits = !stay.some((other) => overlaps(other.box, come.box));
  return fits ? { stay, gone: first, come } : undefined;
}

function drawObjects(random: Random, split: SceneSplit, count: number): number[] | undefined {
  const indices: number[] = [];
  while (indices.length < count) {
    const index = random.integer(0, sceneObjects.length - 1);
    if (!indices.includes(index)) indices.push(index);
  }
  const hasHeldOut = indices.some((a, at) =>
    indices.slice(at + 1).some((b) => isHeldOutPair(a, b)),
  );
  return count < 2 || hasHeldOut === (split === "evaluation") ? indices : undefined;
}

function findPlace(
  random: Random,
  standing: readonly Standing[],
  stand: (place: Place, size: SpriteSize, dx: number, dy: number) => Standing,
): Standing | undefined {
  for (let attempt = 0; attempt < 12; attempt++) {
    const place = random.pick(places);
    const size = random.pick(spriteSizes);
    const candidate = stand(place, size, random.integer(-2, 2), random.integer(-2, 2));
    if (!standing.some((other) => overlaps(other.box, candidate.box))) return candidate;
  }
  return undefined;
}

function boxAround(sprite: Sprite, x: number, y: number): Box {
  const { width, height } = sprite;
  const fit = (at: number, length: number): number =>
    Math.min(sceneSize - length, Math.max(0, Math.round(at - length / 2)));
  return { left: fit(x, width), top: fit(y, height), width, height };
}

function overlaps(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width + gap &&
    b.left < a.left + a.width + gap &&
    a.top < b.top + b.height + gap &&
    b.top < a.top + a.height + gap
  );
}
