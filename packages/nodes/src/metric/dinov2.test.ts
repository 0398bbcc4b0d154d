import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { addedMetricContract } from "./added-metric.contract.ts";
import { metricDinov2 } from "./dinov2.ts";
import { heldOutEdit } from "./held-out-edit.fixture.ts";
import { tinyModels } from "./tiny-models.fixture.ts";

const added = "insightgraph models add hf:facebook/dinov2-base";
addedMetricContract(metricDinov2, () => tinyModels.dinov2, { equal: 1, added });

test("takes no CLIP for a DINOv2", async () => {
  const settings = { checkpoint: tinyModels.clipVision, region: "all" } as const;
  const run = metricDinov2.run(await heldOutEdit(), settings, runContext());
  await expect(run).rejects.toMatchObject({ what: expect.stringContaining("is CLIP, not DINOv2") });
});
