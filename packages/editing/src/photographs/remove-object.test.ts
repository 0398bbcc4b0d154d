import { describe, expect, test } from "vitest";
import { removeObject } from "./remove-object.ts";
import { inDisc, lawn, maskWhere, painted } from "./small-scene.fixture.ts";

const size = [120, 90] as const;
const isBall = inDisc(60, 45, 14);
const scene = painted(...size, (x, y) => (isBall(x, y) ? [200, 40, 40] : lawn(x)));
const ball = maskWhere(...size, isBall);
const options = { grow: 0.03, shadow: false };

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;
}

describe("removeObject", () => {
  test("goes on with the pattern around the object", async () => {
    const truth = painted(...size, lawn);
    const { picture: edited } = await removeObject(scene, ball, options);
    expect(meanDifference(edited.data, truth.data)).toBeLessThan(0.2);
  });

  test("leaves every pixel far from the mask as it is", async () => {
    const noisy = painted(...size, (x, y) => [(x * 97 + y * 31) % 256, (x * y) % 256, y]);
    const { picture: edited } = await removeObject(noisy, ball, options);
    const isNear = inDisc(60, 45, 22);
    const far = maskWhere(...size, (x, y) => !isNear(x, y)).data;
    const changed = far.filter(
      (value, at) =>
        value > 0 && [0, 1, 2].some((c) => noisy.data[3 * at + c] !== edited.data[3 * at + c]),
    );
    expect(changed).toHaveLength(0);
  });

  test("copies nothing from what is to be avoided", async () => {
    const isWall = (x: number): boolean => x < 40;
    const walled = painted(...size, (x, y) =>
      isBall(x, y) ? [200, 40, 40] : isWall(x) ? [20, 20, 220] : [200, 200, 200],
    );
    const avoid = maskWhere(...size, isWall);
    const { picture: edited } = await removeObject(walled, ball, { ...options, avoid });
    const blue = [...ball.data.keys()].filter(
      (at) => ball.data[at] === 255 && (edited.data[3 * at] ?? 0) < 150,
    );
    expect(blue).toHaveLength(0);
  });

  test("gives the same each time", async () => {
    expect(await removeObject(scene, ball, options)).toEqual(
      await removeObject(scene, ball, options),
    );
  });

  test.each([
    ["an empty mask", maskWhere(...size, () => false), "mask"],
    ["a mask that covers all", maskWhere(...size, () => true), "mask"],
    ["a mask of another size", maskWhere(3, 3, () => true), "mask"],
  ])("refuses %s", async (_, mask, argument) => {
    const wanted = { code: "argument.unfit", argument };
    await expect(removeObject(scene, mask, options)).rejects.toMatchObject(wanted);
  });

  const isLarge = inDisc(60, 45, 42);
  const large = maskWhere(...size, isLarge);

  test("refuses a hole too large to guess what is behind it", async () => {
    const noisy = painted(...size, (x, y) => Array(3).fill((x * 97 + y * 31) % 256));
    await expect(removeObject(noisy, large, { ...options, mostArea: 0.45 })).rejects.toMatchObject({
      argument: "mask",
      what: expect.stringMatching(/^the object with its rim takes \d\d % of the picture/),
    });
    const { doubt } = await removeObject(noisy, large, { ...options, mostArea: 0.7 });
    expect(doubt).toMatch(/takes \d\d % of the picture .* Look at the result\.$/);
    expect((await removeObject(noisy, ball, options)).doubt).toBeUndefined();
  });

  test("plain surroundings fill a hole of any size", async () => {
    const backdrop = painted(...size, (x, y) => (isLarge(x, y) ? [200, 40, 40] : [230, 228, 225]));
    const { picture, doubt } = await removeObject(backdrop, large, { ...options, mostArea: 0.1 });
    expect(doubt).toBeUndefined();
    expect([...picture.data.subarray(3 * (45 * 120 + 60)).subarray(0, 3)]).toEqual([230, 228, 225]);
  });

  test("a picture of one pixel has nothing to copy from", async () => {
    const one = painted(1, 1, () => [9, 9, 9]);
    const mask = maskWhere(1, 1, () => true);
    await expect(removeObject(one, mask, options)).rejects.toMatchObject({ argument: "mask" });
  });

  test("stops when it is cancelled", async () => {
    const signal = AbortSignal.abort();
    await expect(removeObject(scene, ball, { ...options, signal })).rejects.toThrow("abort");
  });
});
