import { expect, test } from "vitest";
import { flat, plainRun, shownBy } from "../plain-run.fixture.ts";
import { logging } from "./assistant.fixture.ts";
import { dataSegmentEach } from "./segment-each.ts";

const image = flat(80, 60, 120, 120, 120);
for (let y = 20; y < 40; y++) image.data.fill(250, 3 * (80 * y + 20), 3 * (80 * y + 40));
const box = { left: 17, top: 17, right: 43, bottom: 43 };
const cup = { label: "cup", score: 1, box };
const ghost = { label: "ghost", score: 1, box: { left: 55, top: 10, right: 70, bottom: 30 } };
const limits = { leastArea: 0.002, mostArea: 0.4 };

test("gives a mask for each object that has one, and logs the others", async () => {
  const { context, logged } = logging(plainRun);
  const inputs = { image, objects: [ghost, cup] };
  const { objects, masks } = await dataSegmentEach.run(inputs, limits, context);
  expect(objects).toEqual([cup]);
  expect(masks.map(({ data }) => data.filter((value) => value === 255).length)).toEqual([400]);
  expect(logged).toEqual([expect.stringContaining('"ghost" is left out: ')]);
});

test.each([
  ["masks that are too large", [cup], { leastArea: 0, mostArea: 0.05 }, "takes 8.3 %"],
  ["masks that are too small", [cup], { leastArea: 0.1, mostArea: 1 }, "takes 8.3 %"],
  ["an empty list", [], limits, "there is no object"],
])("refuses %s, with the reasons", async (_, objects, params, what) => {
  await expect(
    shownBy(dataSegmentEach, () => dataSegmentEach.run({ image, objects }, params, plainRun)),
  ).rejects.toMatchObject({
    code: "node.bad-input",
    what: expect.stringContaining(what),
    at: { path: "inputs.objects" },
  });
});

test("shows a picture of one pixel at its input", async () => {
  const one = { image: flat(1, 1, 0, 0, 0), objects: [cup] };
  await expect(
    shownBy(dataSegmentEach, () => dataSegmentEach.run(one, limits, plainRun)),
  ).rejects.toMatchObject({ code: "node.bad-input", at: { path: "inputs.image" } });
});
