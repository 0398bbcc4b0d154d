import { expect, test } from "vitest";
import { flat, plainRun } from "../plain-run.fixture.ts";
import { imagePreview } from "./preview.ts";

test("passes the picture on, and runs by default", async () => {
  const picture = flat(2, 1, 1, 2, 3);
  expect((await imagePreview.run({ image: picture }, {}, plainRun)).image).toBe(picture);
  expect(imagePreview.isOutput).toBe(true);
});
