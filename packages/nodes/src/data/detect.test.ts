import { readFile } from "node:fs/promises";
import { openPart } from "@insightgraph/editing/architectures";
import { decodePicture } from "@insightgraph/editing/pictures";
import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { shownBy } from "../plain-run.fixture.ts";
import { dataDetect } from "./detect.ts";

const model = await openPart("nanodet-coco", "detector");
const path = new URL("../../../../graphs/samples/coffee.jpg", import.meta.url);
const bytes = await readFile(path);
const { image } = await decodePicture(bytes, { path: "coffee.jpg", ground: [255, 255, 255] });

test("finds the cup", async () => {
  const params = { kind: "cup", all: false, threshold: 0.35 };
  const { objects, others } = await dataDetect.run({ image, model }, params, runContext());
  expect(objects.map(({ label }) => label)).toEqual(["cup"]);
  expect([others.width, others.height]).toEqual([image.width, image.height]);
});

test("logs the words that it ignores", async () => {
  const logged: string[] = [];
  const context = { ...runContext(), log: (text: string) => logged.push(text) };
  const params = { kind: "small mug", all: false, threshold: 0.35 };
  const { objects } = await dataDetect.run({ image, model }, params, context);
  expect(objects.map(({ label }) => label)).toEqual(["cup"]);
  expect(logged).toEqual(['"small" is not understood and ignored.']);
});

test("says where nothing is found what is", async () => {
  const params = { kind: "zebra", all: true, threshold: 0.35 };
  await expect(
    shownBy(dataDetect, () => dataDetect.run({ image, model }, params, runContext())),
  ).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "inputs.image" },
    hint: expect.stringContaining("It finds dining table."),
  });
});
