import { expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { mute } from "./assistant.fixture.ts";
import { dataExtractObjects } from "./extract-objects.ts";

const extract = (objects: readonly string[]) => {
  const named = objects.map((name) => ({ category: "thing", name, description: name }));
  const model = { ...mute, extractObjects: async () => named };
  return dataExtractObjects.run({ model }, { caption: "A cup and a spoon." }, plainRun);
};

test("gives the objects in their order", async () => {
  const { objects } = await extract(["cup", "spoon"]);
  expect(objects.map(({ name }) => name)).toEqual(["cup", "spoon"]);
});

test("shows a caption without objects at its param", async () => {
  await expect(shownBy(dataExtractObjects, () => extract([]))).rejects.toMatchObject({
    code: "node.bad-input",
    what: 'no object is found in the caption "A cup and a spoon.".',
    at: { path: "params.caption" },
  });
});
