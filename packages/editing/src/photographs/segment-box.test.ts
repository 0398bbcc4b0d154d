import { expect, test } from "vitest";
import { segmentBox } from "./segment-box.ts";
import { inDisc, lawn, painted } from "./small-scene.fixture.ts";

const isBall = inDisc(60, 45, 20);
const scene = painted(120, 90, (x, y) => (isBall(x, y) ? [200, 40, 40] : lawn(x)));

/** Share of the pixels that both or neither have. */
function agreement(data: Uint8Array, isWanted: (x: number, y: number) => boolean): number {
  const right = data.filter((value, at) => {
    return value > 0 === isWanted(at % scene.width, Math.floor(at / scene.width));
  });
  return right.length / data.length;
}

test("finds what differs from its surroundings, the same each time", async () => {
  const box = { left: 42, top: 27, right: 78, bottom: 63 };
  const first = await segmentBox(scene, box);
  expect(agreement(first.data, isBall)).toBeGreaterThan(0.99);
  expect(await segmentBox(scene, box)).toEqual(first);
});

test("objects like it on all sides do not teach what background is", async () => {
  const isLawn = (x: number, y: number): boolean => x > 32 && x < 88 && y > 17 && y < 73;
  const crowd = painted(120, 90, (x, y) =>
    isBall(x, y) || !isLawn(x, y) ? [200, 40, 40] : lawn(x),
  );
  const box = { left: 38, top: 23, right: 82, bottom: 67 };
  const beside = [
    { left: 0, top: 0, right: 33, bottom: 90 },
    { left: 88, top: 0, right: 120, bottom: 90 },
    { left: 33, top: 0, right: 88, bottom: 18 },
    { left: 33, top: 73, right: 88, bottom: 90 },
  ];
  expect(agreement((await segmentBox(crowd, box, beside)).data, isBall)).toBeGreaterThan(0.99);
});

test("a box that fills the picture leaves a frame as background", async () => {
  const box = { left: 0, top: 0, right: 120, bottom: 90 };
  expect(agreement((await segmentBox(scene, box)).data, isBall)).toBeGreaterThan(0.99);
});

test("a picture of one pixel is refused", async () => {
  const box = { left: 0, top: 0, right: 1, bottom: 1 };
  await expect(
    segmentBox(
      painted(1, 1, () => [0, 0, 0]),
      box,
    ),
  ).rejects.toMatchObject({
    code: "argument.unfit",
    argument: "image",
  });
});

test("a box without an object is refused", async () => {
  const flat = painted(60, 60, () => [90, 90, 90]);
  const box = { left: 20, top: 20, right: 40, bottom: 40 };
  await expect(segmentBox(flat, box)).rejects.toMatchObject({ argument: "objects" });
});
