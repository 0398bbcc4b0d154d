import type { Picture } from "../port-types.ts";
import { paintBackground } from "./backgrounds.ts";
import { writeCaption } from "./captions.ts";
import { writeInstruction } from "./instructions.ts";
import { drawLayout, type Layout, type Standing } from "./layout.ts";
import { paintScene } from "./paint.ts";
import { createRandom, type Random } from "./random.ts";
import {
  type PlacedObject,
  type Scene,
  type SceneKind,
  type SceneOperation,
  type SceneSplit,
  sceneOperations,
  sceneSize,
} from "./scene.ts";
import { openSprites, type SpriteSheet } from "./sprites.ts";

export interface ComposeOptions {
  /** @default all three, equally often */
  readonly operations?: readonly SceneOperation[];
  /** @default a quarter "reasoning" */
  readonly kinds?: readonly SceneKind[];
}

export interface SceneComposer {
  /**
   * Makes the scene of a seed. The same seed, split and options give the same bytes.
   *
   * Evaluation differs from training in four ways: its seeds run in another random stream; each
   * background pattern comes only in the two of twelve hue sectors that training never shows for that
   * pattern; a scene of two or more objects holds at least one pair that never meets in training
   * (each object has three such partners; the object to come counts); half of its wordings are ones that training
   * never says, though every word occurs there.
   */
  compose(seed: number, split: SceneSplit, options?: ComposeOptions): Scene;
  /** One of the `heldOutCount` fixed evaluation edits, a third of each operation, a quarter reasoning. */
  heldOut(index: number): Scene;
}

export const heldOutCount = 300;

/** Seeds of the fixed evaluation edits, by index. */
export const heldOutSeeds: readonly number[] = Array.from(
  { length: heldOutCount },
  (_, index) => 7_000_001 + index * 97,
);

const streams: Record<SceneSplit, number> = { train: 1, evaluation: 2 };

/** Loads the objects' pictures; composing afterwards touches no file. */
export async function openSceneComposer(): Promise<SceneComposer> {
  const sprites = await openSprites();
  return {
    compose: (seed, split, options = {}) => compose(sprites, seed, split, options),
    heldOut(index) {
      const seed = heldOutSeeds[index];
      const operation = sceneOperations[index % sceneOperations.length];
      if (seed === undefined || operation === undefined) {
        throw new RangeError(`held-out scenes are numbered 0 to ${heldOutCount - 1}, not ${index}`);
      }
      const isReasoning = Math.floor(index / sceneOperations.length) % 4 === 3;
      return compose(sprites, seed, "evaluation", {
        operations: [operation],
        kinds: [isReasoning ? "reasoning" : "simple"],
      });
    },
  };
}

function compose(
  sprites: SpriteSheet,
  seed: number,
  split: SceneSplit,
  { operations = sceneOperations, kinds }: ComposeOptions,
): Scene {
  const random = createRandom(seed, streams[split]);
  const operation = random.pick(operations);
  const kind =
    kinds === undefined ? (random.chance(0.25) ? "reasoning" : "simple") : random.pick(kinds);
  const { layout, instruction } = drawEdit(random, sprites, split, operation, kind);
  const background = paintBackground(random, split, sceneSize);
  const before = [...layout.stay, ...(layout.gone === undefined ? [] : [layout.gone])];
  const after = [...layout.stay, ...(layout.come === undefined ? [] : [layout.come])];
  const source = paintScene(background.data, before);
  const target = paintScene(background.data, after);
  const objects = before.map(toPlaced);
  const targetObjects = after.map(toPlaced);
  return {
    size: sceneSize,
    source,
    target,
    instruction,
    operation,
    kind,
    mask: differenceOf(source, target),
    gone: layout.gone?.index ?? -1,
    come: layout.come?.index ?? -1,
    caption: writeCaption(objects),
    targetCaption: writeCaption(targetObjects),
    objects,
    targetObjects,
  };
}

/** How often the source holds 0, 1, 2 or 3 objects. */
function countWeights(operation: SceneOperation, kind: SceneKind): readonly number[] {
  if (operation === "add") return kind === "simple" ? [2, 5, 3] : [1, 5, 4];
  return kind === "simple" ? [0, 4, 4, 2] : [0, 1, 6, 3];
}

/** Draws until the objects fit and the instruction can single out the one that it means. */
function drawEdit(
  random: Random,
  sprites: SpriteSheet,
  split: SceneSplit,
  operation: SceneOperation,
  kind: SceneKind,
): { readonly layout: Layout; readonly instruction: string } {
  const count = random.weighted(countWeights(operation, kind));
  for (let attempt = 0; attempt < 10_000; attempt++) {
    const layout = drawLayout(random, sprites, split, operation, count);
    if (layout === undefined) continue;
    const instruction = writeInstruction(random, split, kind, layout);
    if (instruction !== undefined) return { layout, instruction };
  }
  throw new Error(`no ${kind} scene to ${operation} an object was found`);
}

function toPlaced({ index, name, place, box, centre }: Standing): PlacedObject {
  return { index, name, place, box, centre };
}

function differenceOf(a: Picture, b: Picture): Uint8Array {
  const mask = new Uint8Array(a.width * a.height);
  for (let i = 0; i < mask.length; i++) {
    const at = i * 3;
    const isSame =
      a.data[at] === b.data[at] &&
      a.data[at + 1] === b.data[at + 1] &&
      a.data[at + 2] === b.data[at + 2];
    mask[i] = isSame ? 0 : 1;
  }
  return mask;
}
