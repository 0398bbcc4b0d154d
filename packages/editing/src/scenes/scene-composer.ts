import type { Picture } from "../pictures/picture.ts";
import { paintBackground } from "./backgrounds.ts";
import { writeCaption } from "./captions.ts";
import { writeInstruction } from "./instructions.ts";
import { drawLayout, type Layout, type Standing } from "./layout.ts";
import { paintScene } from "./paint.ts";
import { openPhotographs, type PhotographStore } from "./photograph-store.ts";
import { cutPhotograph } from "./photographs.ts";
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
import { tints } from "./tint.ts";

/** Restricts the scenes to draw. */
export interface ComposeOptions {
  /** @default all four; additions and replacements, which take longest to learn, more often */
  readonly operations?: readonly SceneOperation[];
  /** @default two in five "reasoning" */
  readonly kinds?: readonly SceneKind[];
}

/** Draws scenes from seeds. */
export interface SceneComposer {
  /**
   * Makes the scene of a seed. The same seed, split and options give the same bytes.
   *
   * Evaluation differs from training in six ways: its seeds run in another random stream; its photographs, and for each
   * painted pattern two of twelve hue sectors, are its own; objects lean at angles that training never uses; a scene of
   * two or more objects holds at least one pair that never meets in training (the object to come counts); half of
   * its wordings are ones that training never says, though every word occurs there; and half of the objects that are
   * removed by reasoning are of kinds that training never shows.
   */
  compose(seed: number, split: SceneSplit, options?: ComposeOptions): Scene;
  /** One of the `heldOutCount` fixed evaluation edits, a quarter of each operation, a third of each reasoning. */
  heldOut(index: number): Scene;
}

/** Number of fixed evaluation edits. */
export const heldOutCount = 300;

/** Seeds of the fixed evaluation edits, by index. */
export const heldOutSeeds: readonly number[] = Array.from(
  { length: heldOutCount },
  (_, index) => 7_000_001 + index * 97,
);

/** Photographs are kept a little larger than scenes, so that each can be cut in many ways. */
const photographSize = 160;

const streams: Record<SceneSplit, number> = { train: 1, evaluation: 2 };

let opened: Promise<SceneComposer> | undefined;

/** Loads the objects' pictures and the photographs, once a process; composing afterwards touches no file. */
export function openSceneComposer(): Promise<SceneComposer> {
  opened ??= loadComposer();
  return opened;
}

async function loadComposer(): Promise<SceneComposer> {
  const [sprites, photographs] = await Promise.all([
    openSprites(),
    openPhotographs(photographSize),
  ]);
  const material = { sprites, photographs };
  return {
    compose: (seed, split, options = {}) => compose(material, seed, split, options),
    heldOut(index) {
      const seed = heldOutSeeds[index];
      const operation = sceneOperations[index % sceneOperations.length];
      if (seed === undefined || operation === undefined) {
        throw new RangeError(`held-out scenes are numbered 0 to ${heldOutCount - 1}, not ${index}`);
      }
      const isReasoning = Math.floor(index / sceneOperations.length) % 3 === 2;
      return compose(material, seed, "evaluation", {
        operations: [operation],
        kinds: [isReasoning ? "reasoning" : "simple"],
      });
    },
  };
}

interface Material {
  readonly sprites: SpriteSheet;
  readonly photographs: PhotographStore;
}

/** How often each operation is drawn, in the order of `sceneOperations`. */
const operationWeights = [2, 3, 3, 2];
const reasoningShare = 0.4;
const photographShare = 0.5;

function compose(
  material: Material,
  seed: number,
  split: SceneSplit,
  { operations, kinds }: ComposeOptions,
): Scene {
  const random = createRandom(seed, streams[split]);
  const operation =
    operations === undefined
      ? (sceneOperations[random.weighted(operationWeights)] ?? "add")
      : random.pick(operations);
  const kind =
    kinds === undefined
      ? random.chance(reasoningShare)
        ? "reasoning"
        : "simple"
      : random.pick(kinds);
  const { layout, instruction } = drawEdit(random, material.sprites, split, operation, kind);
  const background = random.chance(photographShare)
    ? cutPhotograph(random, material.photographs, split, sceneSize)
    : paintBackground(random, split, sceneSize).data;
  const before = [...layout.stay, ...(layout.gone === undefined ? [] : [layout.gone])];
  const after = [...layout.stay, ...(layout.come === undefined ? [] : [layout.come])];
  const source = paintScene(background, before);
  const target = paintScene(background, after);
  const objects = before.map(toPlaced);
  const targetObjects = after.map(toPlaced);
  const { gone, come, tint } = layout;
  return {
    size: sceneSize,
    source,
    target,
    background: paintScene(background, []),
    instruction,
    operation,
    kind,
    mask: differenceOf(source, target),
    gone: gone?.index ?? -1,
    come: tint === undefined ? (come?.index ?? -1) : -1,
    tint: tint === undefined ? -1 : tints.indexOf(tint),
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

/** How many of the objects that evaluation removes by reasoning are unknown to training. */
const unseenShare = 0.5;

/** Draws until the objects fit and the instruction can single out the one that it means. */
function drawEdit(
  random: Random,
  sprites: SpriteSheet,
  split: SceneSplit,
  operation: SceneOperation,
  kind: SceneKind,
): { readonly layout: Layout; readonly instruction: string } {
  const count = random.weighted(countWeights(operation, kind));
  const isUnseen =
    split === "evaluation" &&
    operation === "remove" &&
    kind === "reasoning" &&
    random.chance(unseenShare);
  for (let attempt = 0; attempt < 10_000; attempt++) {
    const layout = drawLayout(random, sprites, { split, operation, count, isUnseen });
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
