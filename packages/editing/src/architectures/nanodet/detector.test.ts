import { readFile } from "node:fs/promises";
import { createSessionPool } from "@insightgraph/engine/runtime";
import { afterAll, expect, test } from "vitest";
import { decodePicture } from "../../pictures/decode-picture.ts";
import { resample } from "../../pictures/resample.ts";
import { openPart } from "../families.ts";
import { letterbox } from "./detector.ts";

const pool = createSessionPool({ threads: 1 });
afterAll(() => pool.close());

const fixtures = new URL("../../../../../test/fixtures/photographs/", import.meta.url);

async function photograph(name: string) {
  const bytes = await readFile(new URL(name, fixtures));
  return (await decodePicture(bytes, { path: name, ground: [255, 255, 255] })).image;
}

test("finds the cup of a photograph", async () => {
  const detector = await openPart("nanodet-coco", "detector");
  const found = await detector.detect(pool, await photograph("coffee.jpg"), { threshold: 0.35 });
  expect(found.map(({ label }) => label)).toContain("cup");
  const cup = found.find(({ label }) => label === "cup");
  for (const [side, place] of Object.entries({ left: 113, top: 17, right: 378, bottom: 320 })) {
    expect(Math.abs((cup?.box[side as "left"] ?? 0) - place), side).toBeLessThan(8);
  }
});

test("finds nothing in a picture of one pixel", async () => {
  const detector = await openPart("nanodet-coco", "detector");
  const picture = { width: 1, height: 1, channels: 3, data: Uint8Array.of(9, 9, 9) } as const;
  expect(await detector.detect(pool, picture, { threshold: 0.35 })).toEqual([]);
});

test("a box in the square comes back to the picture, cut at its borders", () => {
  const picture = { width: 200, height: 100, channels: 3, data: new Uint8Array(60_000) } as const;
  const { square, toPicture } = letterbox(picture, 100);
  expect([square.width, square.height]).toEqual([100, 100]);
  const box = toPicture({ left: 10, top: 30, right: 120, bottom: 60 });
  expect(box).toEqual({ left: 20, top: 10, right: 200, bottom: 70 });
});

test("what is wanted and not found is looked for in a squashed view", async () => {
  const detector = await openPart("nanodet-coco", "detector");
  const flat = resample(await photograph("coffee.jpg"), { width: 832, height: 208 }, "cubic");
  const cup = { label: "cup", box: expect.anything(), score: expect.anything() };
  expect(await detector.detect(pool, flat, { threshold: 0.5 })).not.toContainEqual(cup);
  const found = await detector.detect(pool, flat, { threshold: 0.5, labels: ["cup"] });
  expect(found).toEqual([cup]);
});
