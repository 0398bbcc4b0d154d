import { expect, test } from "vitest";
import { flat, plainRun } from "../plain-run.fixture.ts";
import { dataInpaintReplace } from "./inpaint-replace.ts";

test("removes the object and pastes the other one in its place", async () => {
  const image = flat(60, 60, 120, 130, 140);
  const mask = { width: 60, height: 60, data: new Uint8Array(3600) };
  for (let y = 25; y < 35; y++) {
    image.data.fill(250, 3 * (60 * y + 25), 3 * (60 * y + 35));
    mask.data.fill(255, 60 * y + 25, 60 * y + 35);
  }
  const other = flat(20, 10, 200, 0, 0);
  const otherMask = { width: 20, height: 10, data: new Uint8Array(200).fill(255) };
  const inputs = { image, mask, other, otherMask };
  const { image: edited, mask: changed } = await dataInpaintReplace.run(inputs, {}, plainRun);
  const redAt = (x: number, y: number) => edited.data[3 * (60 * y + x)];
  expect([redAt(30, 32), redAt(30, 27), redAt(5, 5)]).toEqual([200, 120, 120]);
  expect([changed.data[60 * 32 + 30], changed.data[60 * 27 + 30], changed.data[0]]).toEqual([
    255, 255, 0,
  ]);
});
