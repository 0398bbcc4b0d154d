import { expect, test } from "vitest";
import { flat, maskOf, plainRun, shownBy } from "../plain-run.fixture.ts";
import { imageBackground } from "./background.ts";

const image = flat(2, 1, 200, 40, 40);
const settings = { change: "colour", colour: "#010203", radius: 0.02 } as const;

test("paints what the mask does not cover", async () => {
  const edited = await imageBackground.run({ image, mask: maskOf([255, 0]) }, settings, plainRun);
  expect([...edited.image.data]).toEqual([200, 40, 40, 1, 2, 3]);
});

test("shows a mask that covers all at its input", async () => {
  await expect(
    shownBy(imageBackground, () =>
      imageBackground.run({ image, mask: maskOf([255, 255]) }, settings, plainRun),
    ),
  ).rejects.toMatchObject({ code: "node.bad-input", at: { path: "inputs.mask" } });
});
