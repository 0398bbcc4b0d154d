import { expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { modelDetector } from "./detector.ts";

test("loads the detector that ships", async () => {
  const { model } = await modelDetector.run({}, { checkpoint: "nanodet-coco" }, plainRun);
  expect(model.labels).toHaveLength(80);
});

test("shows a checkpoint without a detector at its param", async () => {
  await expect(
    shownBy(modelDetector, () =>
      modelDetector.run({}, { checkpoint: "insightedit-mini" }, plainRun),
    ),
  ).rejects.toMatchObject({ at: { path: "params.checkpoint" } });
});
