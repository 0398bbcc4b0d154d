import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { maskFromImage } from "./from-image.ts";

test.each([
  // 0.2126 * 200 + 0.7152 * 100 + 0.0722 * 50 = 117.65
  ["luminance", [118, 255]],
  ["brightest", [200, 255]],
  ["red", [200, 255]],
  ["green", [100, 255]],
  ["blue", [50, 255]],
] as const)("reads %s", async (channel, values) => {
  const data = Uint8Array.of(200, 100, 50, 255, 255, 255);
  const image = { width: 1, height: 2, channels: 3, data } as const;
  const { mask } = await maskFromImage.run({ image }, { channel }, plainRun);
  expect(mask).toEqual({ width: 1, height: 2, data: Uint8Array.from(values) });
});
