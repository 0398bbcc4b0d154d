import { expect, test } from "vitest";
import { flat, plainRun } from "../plain-run.fixture.ts";
import { imagePreview } from "./preview.ts";

test("hands the very picture on, and is wanted when a graph runs", async () => {
  const picture = flat(2, 1, 1, 2, 3);
  expect((await imagePreview.run({ image: picture }, {}, plainRun)).image).toBe(picture);
  expect(imagePreview.isOutput).toBe(true);
});
