import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { dataComposeScene } from "./compose-scene.ts";

const settings = {
  seed: 3,
  split: "train",
  operation: "recolor",
  kind: "simple",
  varied: false,
} as const;

test("draws a pair whose mask is where it differs, the same for the same seed", async () => {
  const scene = await dataComposeScene.run({}, settings, plainRun);
  expect(scene.source.width).toBe(128);
  const differs = (pixel: number): boolean =>
    [0, 1, 2].some((c) => scene.source.data[pixel * 3 + c] !== scene.target.data[pixel * 3 + c]);
  expect(scene.mask.data.every((value, pixel) => value === (differs(pixel) ? 255 : 0))).toBe(true);
  expect(scene.instruction).toMatch(/red|yellow|green|blue|purple|pink/);
  expect(await dataComposeScene.run({}, settings, plainRun)).toEqual(scene);
});

test("draws another scene for another seed", async () => {
  const [a, b] = await Promise.all(
    [1, 2].map((seed) => dataComposeScene.run({}, { ...settings, seed }, plainRun)),
  );
  expect(a?.source.data).not.toEqual(b?.source.data);
});

test("draws a varied scene on request", async () => {
  const [plain, varied] = await Promise.all(
    [false, true].map((choice) =>
      dataComposeScene.run({}, { ...settings, varied: choice }, plainRun),
    ),
  );
  expect(varied?.operation).toBe("recolor");
  expect(varied?.source.data).not.toEqual(plain?.source.data);
});
