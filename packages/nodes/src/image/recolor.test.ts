import { expect, test } from "vitest";
import { flat, maskOf, plainRun, shownBy } from "../plain-run.fixture.ts";
import { imageRecolor } from "./recolor.ts";

const image = flat(2, 1, 200, 40, 40);

test("gives what the mask covers the colour", async () => {
  const inputs = { image, mask: maskOf([255, 0]) };
  const { data } = (await imageRecolor.run(inputs, { colour: "#1e5fd0" }, plainRun)).image;
  const [red = 0, , blue = 0, ...rest] = data;
  expect(blue).toBeGreaterThan(red + 60);
  expect(rest).toEqual([200, 40, 40]);
});

test("shows a word that is no colour at its param", async () => {
  const inputs = { image, mask: maskOf([255, 0]) };
  await expect(
    shownBy(imageRecolor, () => imageRecolor.run(inputs, { colour: "bluish" }, plainRun)),
  ).rejects.toMatchObject({ at: { path: "params.colour" } });
});
