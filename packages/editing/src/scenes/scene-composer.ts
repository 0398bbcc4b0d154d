import type { Picture } from "../pictures/picture.ts";
import { paintBackground } from "./backgrounds.ts";
import { writeCaption } from "./captions.ts";
import { writeInstruction } from "./instructions.ts";
import {
  drawLayout,
  type Layout,
  type LayoutOptions,
  type ObjectSet,
  type SheetOf,
  type Standing,
} from "./layout.ts";
import { catalogueStyle, type ObjectStyle, objectStyles } from "./object-styles.ts";
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
import { openSprites } from "./sprites.ts";
import { alikeStaging, drawVariedStaging, type Staging } from "./staging.ts";
import { tints } from "./tint.ts";
import { drawVariedBackground } from "./varied-backgrounds.ts";
import { plainWording, variedWording, type WordingStyle } from "./wording-style.ts";

/** Restricts the scenes to draw. */
export interface ComposeOptions {
  /** @default all four; additions and replacements are drawn more often, since they take longest to learn */
  readonly operations?: readonly SceneOperation[];
  /** @default "reasoning" for two in five scenes */
  readonly kinds?: readonly SceneKind[];
  /** @default "all" */
  readonly objects?: ObjectSet;
}

/** Draws scenes from seeds. */
export interface SceneComposer {
  /**
   * Composes the scene of a seed. The same seed, split and options always give the same bytes.
   *
   * Evaluation differs from training in six ways: its seeds use another random stream; it has its own photographs and,
   * for each painted pattern, two of twelve hue sectors; objects are rotated by angles that training never uses; a scene
   * with two or more objects has at least one pair that never meets in training (counting the new object); half of its
   * wordings never occur in training, although every word does; and half of the objects removed by reasoning
   * instructions never occur in training.
   */
  compose(seed: number, split: SceneSplit, options?: ComposeOptions): Scene;
  /** One of the `heldOutCount` fixed evaluation edits: a quarter per operation, a third of them with reasoning, none varied. */
  heldOut(index: number, options?: Pick<ComposeOptions, "objects">): Scene;
}

/** Number of fixed evaluation edits. */
export const heldOutCount = 300;

/** Seeds of the fixed evaluation edits, by index. */
export const heldOutSeeds: readonly number[] = Array.from(
  { length: heldOutCount },
  (_, index) => 7_000_001 + index * 97,
);

/** Photographs are stored larger than scenes, so that each can be cropped in many ways. */
const photographSize = 160;

const streams: Record<SceneSplit, number> = { train: 1, evaluation: 2 };

const opened = new Map<number, Promise<SceneComposer>>();

/**
 * Loads objects and photographs once per process; composing reads no files.
 * @param varied Share of the composed scenes that are drawn as other makers might: other styles of objects, strong
 * colours, textures, no shadows, places without a grid, looser wordings; 0 to 1.
 */
export function openSceneComposer(varied = 0): Promise<SceneComposer> {
  const composer = opened.get(varied) ?? loadComposer(varied);
  opened.set(varied, composer);
  return composer;
}

async function loadSheets(styles: readonly ObjectStyle[]): Promise<SheetOf> {
  const sheets = new Map(
    await Promise.all(styles.map(async (style) => [style, await openSprites(style)] as const)),
  );
  return (style) => {
    const sheet = sheets.get(style);
    if (sheet === undefined) throw new RangeError(`the pictures of ${style} are not loaded`);
    return sheet;
  };
}

async function loadComposer(varied: number): Promise<SceneComposer> {
  const [sheetOf, photographs] = await Promise.all([
    loadSheets(varied > 0 ? objectStyles : [catalogueStyle]),
    openPhotographs(photographSize),
  ]);
  const material = { sheetOf, photographs, varied: 0 };
  return {
    compose: (seed, split, options = {}) => compose({ ...material, varied }, seed, split, options),
    heldOut(index, options = {}) {
      const seed = heldOutSeeds[index];
      const operation = sceneOperations[index % sceneOperations.length];
      if (seed === undefined || operation === undefined) {
        throw new RangeError(`held-out scenes are numbered 0 to ${heldOutCount - 1}, not ${index}`);
      }
      const isReasoning = Math.floor(index / sceneOperations.length) % 3 === 2;
      return compose(material, seed, "evaluation", {
        operations: [operation],
        kinds: [isReasoning ? "reasoning" : "simple"],
        ...options,
      });
    },
  };
}

interface Material {
  readonly sheetOf: SheetOf;
  readonly photographs: PhotographStore;
  /** Share of scenes that are varied. */
  readonly varied: number;
}

/** How a scene is drawn and worded, before anything is in it. */
interface Look {
  readonly staging: Staging;
  readonly wording: WordingStyle;
  background(): Float32Array;
}

function drawLook(random: Random, { photographs, varied }: Material, split: SceneSplit): Look {
  if (varied > 0 && random.chance(varied)) {
    return {
      staging: drawVariedStaging(random),
      wording: variedWording(random, split),
      background: () => drawVariedBackground(random, photographs, split, sceneSize),
    };
  }
  return {
    staging: alikeStaging,
    wording: plainWording(random, split),
    background: () =>
      random.chance(photographShare)
        ? cutPhotograph(random, photographs, split, sceneSize)
        : paintBackground(random, split, sceneSize).data,
  };
}

/** Relative frequency of each operation, in the order of `sceneOperations`. */
const operationWeights = [2, 3, 3, 2];
const reasoningShare = 0.4;
const photographShare = 0.5;

function compose(
  material: Material,
  seed: number,
  split: SceneSplit,
  { operations, kinds, objects: choice = "all" }: ComposeOptions,
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
  const { staging, wording, background: draw } = drawLook(random, material, split);
  const { layout, instruction } = drawEdit(random, material.sheetOf, wording, {
    ...{ split, staging, operation, kind },
    objects: choice,
  });
  const background = draw();
  const before = [...layout.stay, ...(layout.gone === undefined ? [] : [layout.gone])];
  const after = [...layout.stay, ...(layout.come === undefined ? [] : [layout.come])];
  const source = paintScene(background, before, staging.shadow);
  const target = paintScene(background, after, staging.shadow);
  const objects = before.map(toPlaced);
  const targetObjects = after.map(toPlaced);
  const { gone, come, tint } = layout;
  return {
    size: sceneSize,
    source,
    target,
    background: paintScene(background, [], staging.shadow),
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

/** Relative frequencies of 0, 1, 2 and 3 objects in the source. */
function countWeights(operation: SceneOperation, kind: SceneKind): readonly number[] {
  if (operation === "add") return kind === "simple" ? [2, 5, 3] : [1, 5, 4];
  return kind === "simple" ? [0, 4, 4, 2] : [0, 1, 6, 3];
}

/** Share of reasoning removals in evaluation whose object never occurs in training. */
const unseenShare = 0.5;

/** Draws until the objects fit and the instruction identifies its object. */
function drawEdit(
  random: Random,
  sheetOf: SheetOf,
  wording: WordingStyle,
  options: Omit<LayoutOptions, "count" | "isUnseen"> & { readonly kind: SceneKind },
): { readonly layout: Layout; readonly instruction: string } {
  const { split, operation, kind } = options;
  const count = random.weighted(countWeights(operation, kind));
  const isUnseen =
    split === "evaluation" &&
    operation === "remove" &&
    kind === "reasoning" &&
    random.chance(unseenShare);
  for (let attempt = 0; attempt < 10_000; attempt++) {
    const layout = drawLayout(random, sheetOf, { ...options, count, isUnseen });
    if (layout === undefined) continue;
    const instruction = writeInstruction(random, wording, kind, layout);
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
