import { expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { modelRuleAssistant } from "./rule-assistant.ts";

test("names the objects of captions, and cannot judge", async () => {
  const { model } = await modelRuleAssistant.run({}, { checkpoint: "nanodet-coco" }, plainRun);
  const objects = await model.extractObjects?.("Two puppies on a couch.", plainRun);
  expect(objects?.map(({ name }) => name)).toEqual(["dog", "couch"]);
  expect(model.judge).toBeUndefined();
});

test("shows a checkpoint without a detector at its param", async () => {
  await expect(
    shownBy(modelRuleAssistant, () =>
      modelRuleAssistant.run({}, { checkpoint: "insightedit-mini" }, plainRun),
    ),
  ).rejects.toMatchObject({ at: { path: "params.checkpoint" } });
});
