import { expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { logging, mute } from "./assistant.fixture.ts";
import { dataFilterObjects } from "./filter-objects.ts";

const model = {
  ...mute,
  objectionTo: async ({ name }: { readonly name: string }) =>
    name === "sky" ? "it is scenery" : undefined,
};
const named = (...names: readonly string[]) =>
  names.map((name) => ({ category: name, name, description: name }));

test("drops what the assistant objects to, and logs why", async () => {
  const { context, logged } = logging(plainRun);
  const inputs = { model, objects: named("cup", "sky") };
  const { objects } = await dataFilterObjects.run(inputs, { caption: "" }, context);
  expect(objects).toEqual(named("cup"));
  expect(logged).toEqual(['"sky" is left out: it is scenery.']);
});

test.each([
  [named("sky"), "no object is left of sky (it is scenery)."],
  [[], "the list is empty."],
])("says where nothing is left", async (objects, what) => {
  await expect(
    shownBy(dataFilterObjects, () =>
      dataFilterObjects.run({ model, objects }, { caption: "" }, plainRun),
    ),
  ).rejects.toMatchObject({ code: "node.bad-input", what, at: { path: "inputs.objects" } });
});
