import { describe, expect, test } from "vitest";
import type { Picture } from "./pictures/picture.ts";
import { openSceneComposer, sceneOperations } from "./scenes.ts";
import {
  type EditResult,
  editSuccess,
  isDone,
  printScores,
  scoreEdits,
  wilsonInterval,
} from "./scoring.ts";

/** A grey picture one pixel high. */
function grey(...values: number[]): Picture {
  const data = Uint8Array.from(values.flatMap((value) => [value, value, value]));
  return { width: values.length, height: 1, channels: 3, data };
}

describe("editSuccess", () => {
  const mask = Uint8Array.of(1, 0);
  const source = grey(0, 50);
  const target = grey(100, 50);

  // The source's own error is 100^2 = 10000 a value; 30 % of it is 3000, the square of 54.8.
  test.each([
    [100, true],
    [46, true],
    [45, false],
    [0, false],
    [154, true],
    [155, false],
  ])("of a result of %i on the way from 0 to 100 is %s", (value, wanted) => {
    expect(editSuccess(source, target, grey(value, 50), mask)).toBe(wanted);
  });

  test("does not look outside the mask", () => {
    expect(editSuccess(source, target, grey(100, 255), mask)).toBe(true);
  });
});

describe("isDone", () => {
  /** A white square on black, its left edge there. */
  const square = (left: number, side = 40): Picture => {
    const data = Uint8Array.from({ length: side * side * 3 }, (_, at) => {
      const [x, y] = [Math.floor(at / 3) % side, Math.floor(at / 3 / side)];
      return x >= left && x < left + 10 && y >= 10 && y < 20 ? 255 : 0;
    });
    return { width: side, height: side, channels: 3, data };
  };
  const [source, target] = [square(100), square(14)];
  const mask = target.data.filter((_, at) => at % 3 === 0).map((value) => value / 255);
  const edit = { source, target, mask, kind: "simple" };

  test.each([
    ["add", 14, true],
    ["add", 24, true],
    ["add", 2, true],
    ["add", 29, false],
    ["add", 100, false],
    ["recolor", 14, true],
    ["recolor", 20, false],
  ])("%s, standing at %i: %s", (operation, left, wanted) => {
    expect(isDone({ ...edit, operation, result: square(left) })).toBe(wanted);
  });
});

describe("wilsonInterval", () => {
  // Newcombe (1998), table I, method 3, without continuity correction.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %i in %i is %f to %f", (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test("is 0 to 1 for no trials, and stays inside 0 and 1", () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
    expect(wilsonInterval(20, 20).high).toBe(1);
  });
});

describe("scoreEdits", () => {
  const base = { source: grey(0, 50), target: grey(100, 50), mask: Uint8Array.of(1, 0) };
  const items: readonly EditResult[] = [
    { ...base, result: grey(100, 50), operation: "remove", kind: "simple" },
    { ...base, result: grey(90, 51), operation: "remove", kind: "reasoning" },
    { ...base, result: grey(0, 50), operation: "add", kind: "simple" },
  ];

  test("counts success by operation and by kind", () => {
    const { all, byOperation, byKind } = scoreEdits(items);
    expect([all.group, all.count, all.successes]).toEqual(["all", 3, 2]);
    expect(all.success).toBeCloseTo(2 / 3, 10);
    expect(byOperation.map(({ group, successes, count }) => [group, successes, count])).toEqual([
      ["remove", 2, 2],
      ["add", 0, 1],
    ]);
    expect(byKind.map(({ group, success }) => [group, success])).toEqual([
      ["simple", 0.5],
      ["reasoning", 1],
    ]);
    expect(byOperation[0]?.interval).toEqual(wilsonInterval(2, 2));
  });

  test("means PSNR over edits, exact ones counting 60 dB", () => {
    const remove = scoreEdits(items).byOperation[0];
    // Inside 60 and 28.1308, outside 60 and 48.1308.
    expect(remove?.psnrInside.mean).toBeCloseTo(44.0654, 4);
    expect(remove?.psnrOutside.mean).toBeCloseTo(54.0654, 4);
  });

  test("gives an untouched scene no success and a perfect outside", async () => {
    const composer = await openSceneComposer();
    const scenes = Array.from({ length: 8 }, (_, index) => composer.heldOut(index));
    const lazy = scoreEdits(scenes.map((scene) => ({ ...scene, result: scene.source })));
    expect(lazy.all.success).toBe(0);
    expect(lazy.all.psnrOutside.mean).toBe(60);
    const perfect = scoreEdits(scenes.map((scene) => ({ ...scene, result: scene.target })));
    expect(perfect.all.success).toBe(1);
    expect(perfect.byOperation.map(({ group }) => group)).toEqual([...sceneOperations]);
  });

  test("prints as a table", () => {
    const [head, all] = printScores(scoreEdits(items)).split("\n");
    expect(head?.trim()).toMatch(/^edits +success +95 % interval +PSNR in +out +SSIM in +out$/);
    expect(all).toMatch(/^all +3 +66\.7 % +20\.8 % to 93\.9 %/);
  });

  test("means perceptual distances where they were measured, each with its interval", () => {
    const distances = [0.1, 0.2, 0.6];
    const table = scoreEdits(
      items.map((item, at) => ({ ...item, distance: distances[at] ?? Number.NaN })),
    );
    const { mean, low, high } = table.all.distance ?? { mean: 0, low: 0, high: 0 };
    expect(mean).toBeCloseTo(0.3, 10);
    expect(low).toBeCloseTo(0.1, 10);
    expect(high).toBeCloseTo(0.6, 10);
    expect(table.byOperation[1]?.distance).toEqual({ mean: 0.6, low: 0.6, high: 0.6 });
    const [head, all] = printScores(table).split("\n");
    expect(head).toMatch(/ST-LPIPS$/);
    expect(all).toMatch(/0\.300 ± 0\.250$/);
  });
});
