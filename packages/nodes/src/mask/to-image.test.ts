import { expect, test } from "vitest";
import { grey, maskOf, plainRun } from "../plain-run.fixture.ts";
import { maskToImage } from "./to-image.ts";

test("shows each value as a grey", async () => {
  const mask = maskOf([0, 128, 255], [1, 2, 3]);
  expect(await maskToImage.run({ mask }, {}, plainRun)).toEqual({
    image: grey([0, 128, 255], [1, 2, 3]),
  });
});
