import { expect, test } from "vitest";
import { flat, plainRun, shownBy } from "../plain-run.fixture.ts";
import { dataSegment } from "./segment.ts";

const image = flat(60, 60, 120, 120, 120);
for (let y = 20; y < 40; y++) image.data.fill(250, 3 * (60 * y + 20), 3 * (60 * y + 40));
const box = { left: 17, top: 17, right: 43, bottom: 43 };

test("gives all objects in one mask", async () => {
  const objects = [{ label: "cup", score: 1, box }];
  const { mask } = await dataSegment.run({ image, objects }, {}, plainRun);
  expect(mask.data.filter((value) => value === 255)).toHaveLength(400);
});

test("needs an object", async () => {
  await expect(
    shownBy(dataSegment, () => dataSegment.run({ image, objects: [] }, {}, plainRun)),
  ).rejects.toMatchObject({ code: "node.bad-input", at: { path: "inputs.objects" } });
});
