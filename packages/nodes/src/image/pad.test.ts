import { expect, test } from "vitest";
import { flat, grey, plainRun, redRows, shownBy } from "../plain-run.fixture.ts";
import { imagePad } from "./pad.ts";

const none = { left: 0, top: 0, right: 0, bottom: 0, colour: "#ffffff" };

test("puts each side's border in its colour", async () => {
  const params = { left: 1, top: 2, right: 3, bottom: 0, colour: "#080910" };
  const { image } = await imagePad.run({ image: grey([50]) }, params, plainRun);
  expect(redRows(image)).toEqual([
    [8, 8, 8, 8, 8],
    [8, 8, 8, 8, 8],
    [8, 50, 8, 8, 8],
  ]);
  expect([...image.data.subarray(0, 3)]).toEqual([8, 9, 16]);
});

test("refuses what is no colour, and what is too large", async () => {
  const image = flat(1, 1, 0, 0, 0);
  const pad = (params: typeof none) =>
    shownBy(imagePad, () => imagePad.run({ image }, params, plainRun));
  await expect(pad({ ...none, colour: "white" })).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "params.colour" },
    hint: expect.stringContaining("#rrggbb"),
  });
  const vast = { ...none, left: 8192, right: 8192, bottom: 8192 };
  await expect(pad(vast)).rejects.toMatchObject({ at: { path: "params.left" } });
});
