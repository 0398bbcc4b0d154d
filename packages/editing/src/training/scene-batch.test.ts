import { createWordTokenizer, type TensorValues } from "@insightgraph/models";
import { expect, test } from "vitest";
import { type Scene, type SceneComposer, sceneVocabulary, trainedObjects } from "../scenes.ts";
import { defaultRecipe } from "./recipe.ts";
import {
  type BatchOptions,
  cellLabels,
  maskShares,
  sceneBatch,
  sceneKinds,
} from "./scene-batch.ts";

const side = 128;
const grid = 8;
const latent = { channels: 2, side: 16 };

function picture(value: number) {
  const data = new Uint8Array(side * side * 3).fill(value);
  return { width: side, height: side, channels: 3 as const, data };
}

/** A mask that is 1 in a rectangle. */
function maskOf(left: number, top: number, width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [at % side, Math.floor(at / side)];
    return x >= left && x < left + width && y >= top && y < top + height ? 1 : 0;
  });
}

function objectAt(index: number, left: number, top: number, width = 16, height = 16) {
  const box = { left, top, width, height };
  return { index, name: "cat", place: "middle", box, centre: { x: left, y: top } } as const;
}

const still: Scene = {
  size: side,
  source: picture(0),
  target: picture(255),
  background: picture(0),
  instruction: "remove the cat",
  operation: "remove",
  kind: "simple",
  mask: maskOf(0, 0, 0, 0),
  gone: -1,
  come: -1,
  tint: -1,
  caption: "",
  targetCaption: "",
  objects: [],
  targetObjects: [],
};

/** Gives these scenes in turn, and remembers what it was asked for. */
function composerOf(scenes: readonly Partial<Scene>[]) {
  const asked: number[] = [];
  const composer: SceneComposer = {
    compose(seed, split) {
      expect(split).toBe("train");
      asked.push(seed);
      return { ...still, ...scenes[(asked.length - 1) % scenes.length] };
    },
    heldOut: () => still,
  };
  return { composer, asked };
}

const tokenizer = createWordTokenizer(sceneVocabulary, 6);
const options: BatchOptions = {
  ...{
    batch: 2,
    pictureSize: side,
    grid,
    latent,
    stage: "alignment",
    hasAdapter: true,
    drops: defaultRecipe.drops,
    decoding: defaultRecipe.decoding,
    scenes: {},
  },
};

function batchOf(scenes: readonly Partial<Scene>[], changed: Partial<BatchOptions> = {}) {
  return sceneBatch(composerOf(scenes).composer, tokenizer, 3, { ...options, ...changed });
}

function numbers(batch: TensorValues, name: string): number[] {
  return Array.from(batch[name]?.data ?? [], Number);
}

/** Where a grid is not 0: "row,column" -> value. */
function spots(values: ArrayLike<number>, width: number): Record<string, number> {
  const found = Array.from(values, (value, at) => {
    return [`${Math.floor(at / width)},${at % width}`, value] as const;
  });
  return Object.fromEntries(found.filter(([, value]) => value !== 0));
}

test("a mask's share is of the square's pixels, at its row and column", () => {
  expect(spots(maskShares(maskOf(80, 32, 16, 16), grid), grid)).toEqual({ "2,5": 1 });
  expect(spots(maskShares(maskOf(80, 32, 8, 16), grid), grid)).toEqual({ "2,5": 0.5 });
  expect(spots(maskShares(maskOf(20, 5, 1, 1), grid), grid)).toEqual({ "0,1": 1 / 256 });
  const across = spots(maskShares(maskOf(12, 0, 8, 8), grid), grid);
  expect(across).toEqual({ "0,0": 0.125, "0,1": 0.125 });
  expect(spots(maskShares(maskOf(80, 32, 16, 16), 16), 16)).toEqual({
    ...{ "4,10": 1, "4,11": 1, "5,10": 1, "5,11": 1 },
  });
});

test("a cell's label is the object over its centre, at its row and column", () => {
  const labels = (...objects: Scene["objects"]) => {
    const found = Array.from(cellLabels(objects, grid), Number);
    return spots(
      found.map((label) => (label === sceneKinds ? 0 : label)),
      grid,
    );
  };
  expect(labels(objectAt(7, 0, 64))).toEqual({ "4,0": 7 });
  expect(labels(objectAt(7, 64, 0, 32, 16))).toEqual({ "0,4": 7, "0,5": 7 });
  expect(labels(objectAt(7, 0, 64), objectAt(9, 112, 16))).toEqual({ "4,0": 7, "1,7": 9 });
  // The centre of cell 0 is pixel 8: a box holds its first pixel and not the one after its last.
  expect(labels(objectAt(7, 8, 8, 1, 1))).toEqual({ "0,0": 7 });
  expect(labels(objectAt(7, 0, 0, 8, 8))).toEqual({});
  expect(labels(objectAt(7, 0, 0), objectAt(9, 0, 0))).toEqual({ "0,0": 7 });
});

test("gone and come name what leaves and what arrives; a colour counts after the objects", () => {
  const batch = batchOf([{ gone: 5, come: 11 }, { gone: 6, tint: 2 }, { come: 4 }, {}], {
    batch: 4,
  });
  expect(numbers(batch, "gone")).toEqual([5, 6, sceneKinds, sceneKinds]);
  expect(numbers(batch, "come")).toEqual([11, trainedObjects + 2, 4, sceneKinds]);
});

test("places and cells follow their scenes, row by row", () => {
  const first = { mask: maskOf(80, 32, 16, 16), objects: [objectAt(7, 80, 32)] };
  const second = { mask: maskOf(0, 112, 16, 16), objects: [objectAt(9, 0, 112)] };
  const batch = batchOf([first, second], { stage: "editing" });
  const [where, cells] = [numbers(batch, "where"), numbers(batch, "cells")];
  expect(spots(where.slice(0, 64), grid)).toEqual({ "2,5": 1 });
  expect(spots(where.slice(64), grid)).toEqual({ "7,0": 1 });
  expect([cells.indexOf(7), cells.indexOf(9)]).toEqual([2 * grid + 5, 64 + 7 * grid]);
  const mask = numbers(batch, "mask");
  expect(batch["mask"]?.shape).toEqual([2, 1, 16, 16]);
  expect(Object.keys(spots(mask.slice(0, 256), 16))).toEqual(["4,10", "4,11", "5,10", "5,11"]);
});

test("the vision stage asks for the cells of the sources, then of the targets", () => {
  const scene = { objects: [objectAt(7, 0, 64)], targetObjects: [objectAt(9, 64, 0)] };
  const cells = numbers(batchOf([scene], { stage: "vision", batch: 1 }), "bothCells");
  expect([cells.indexOf(7), cells.indexOf(9)]).toEqual([4 * grid, 64 + 4]);
});

test("pictures are planes from -1 to 1, sources and targets apart", () => {
  const batch = batchOf([{}]);
  expect(batch["source"]?.shape).toEqual([2, 3, side, side]);
  expect(new Set(numbers(batch, "source"))).toEqual(new Set([-1]));
  expect(new Set(numbers(batch, "target"))).toEqual(new Set([1]));
});

test("a step takes the seeds after those of the step before", () => {
  const { composer, asked } = composerOf([{}]);
  sceneBatch(composer, tokenizer, 3, options);
  expect(asked).toEqual([6, 7]);
});

test("noise levels keep the variance; what is dropped is dropped together", () => {
  const batch = batchOf([{}], { stage: "editing", batch: 400 });
  const [signal, spread] = [numbers(batch, "signal"), numbers(batch, "spread")];
  signal.forEach((part, row) => {
    expect(part ** 2 + (spread[row] ?? 0) ** 2).toBeCloseTo(1, 5);
  });
  const [text, source, image] = ["keepText", "keepSource", "imageScale"].map((name) =>
    numbers(batch, name),
  );
  // Whoever loses the source has lost the text, and whoever loses the text the image condition.
  source?.forEach((kept, row) => {
    expect(kept).toBeGreaterThanOrEqual(text?.[row] ?? 0);
    expect(text?.[row]).toBeGreaterThanOrEqual(image?.[row] ?? 0);
  });
  const dropped = (kept: readonly number[] = []): number =>
    kept.filter((flag) => flag === 0).length;
  expect(dropped(text)).toBeGreaterThan(0);
  expect(dropped(text)).toBeLessThan(40);
  expect(dropped(image)).toBeGreaterThan(dropped(text));
  const silent = batchOf([{}], { stage: "editing", hasAdapter: false });
  expect(numbers(silent, "imageScale")).toEqual([0, 0]);
});

test("the decoder learns from predictions and from true latents, from noise as at inference", () => {
  const rows = { stage: "decoding", batch: 400 } as const;
  const batch = batchOf([{}], rows);
  const predicted = numbers(batch, "isPredicted");
  const share = predicted.filter((flag) => flag === 1).length / 400;
  expect(share).toBeGreaterThan(0.68);
  expect(share).toBeLessThan(0.82);
  expect(new Set(predicted)).toEqual(new Set([0, 1]));
  const noise = numbers(batch, "noise");
  const deviation = Math.sqrt(noise.reduce((sum, value) => sum + value ** 2, 0) / noise.length);
  expect(deviation).toBeCloseTo(0.3, 2);
  expect(new Set(numbers(batch, "imageScale"))).toEqual(new Set([1]));
  const silent = batchOf([{}], { ...rows, hasAdapter: false });
  expect(new Set(numbers(silent, "imageScale"))).toEqual(new Set([0]));
});
