import { expect, test } from "vitest";
import { flat, plainRun, shownBy } from "../plain-run.fixture.ts";
import { dataInpaintRemove } from "./inpaint-remove.ts";

const settings = { grow: 0.1, shadow: false, mostArea: 0.45 };
const image = flat(60, 60, 120, 130, 140);
const mask = { width: 60, height: 60, data: new Uint8Array(3600) };
for (let y = 25; y < 35; y++) {
  image.data.fill(250, 3 * (60 * y + 25), 3 * (60 * y + 35));
  mask.data.fill(255, 60 * y + 25, 60 * y + 35);
}

test("fills the place with what surrounds it", async () => {
  const edited = await dataInpaintRemove.run({ image, mask }, settings, plainRun);
  expect(edited.image).toEqual(flat(60, 60, 120, 130, 140));
});

test("shows an empty mask at its input", async () => {
  const empty = { ...mask, data: new Uint8Array(3600) };
  await expect(
    shownBy(dataInpaintRemove, () =>
      dataInpaintRemove.run({ image, mask: empty }, settings, plainRun),
    ),
  ).rejects.toMatchObject({ code: "node.bad-input", at: { path: "inputs.mask" } });
});

test("says where a large hole leaves little to guess from", async () => {
  const noise = Uint8Array.from({ length: 3 * 3600 }, (_, at) => (Math.floor(at / 3) * 97) % 256);
  const half = { ...mask, data: mask.data.map((_, at) => (at < 1200 ? 255 : 0)) };
  const logged: string[] = [];
  const run = { ...plainRun, log: (text: string) => void logged.push(text) };
  await dataInpaintRemove.run({ image: { ...image, data: noise }, mask: half }, settings, run);
  expect(logged).toEqual([expect.stringContaining("Look at the result.")]);
});
