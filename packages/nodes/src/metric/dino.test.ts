import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { addedMetricContract } from "./added-metric.contract.ts";
import { metricDino } from "./dino.ts";
import { heldOutEdit } from "./held-out-edit.fixture.ts";
import { randomDino, tinyModels } from "./tiny-models.fixture.ts";

const added = "insightgraph models add hf:facebook/dino-vits16@refs/pr/1";
const imageNet = [0.485, 0.456, 0.406];
const { checkpoint } = randomDino({ image_mean: imageNet, image_std: [0.229, 0.224, 0.225] });
addedMetricContract(metricDino, checkpoint, { equal: 1, added });

test("takes no DINOv2 for a DINO", async () => {
  const settings = { checkpoint: tinyModels.dinov2, region: "all" } as const;
  const run = metricDino.run(await heldOutEdit(), settings, runContext());
  await expect(run).rejects.toMatchObject({ what: expect.stringContaining("is DINOv2, not DINO") });
});

const other = randomDino({ image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] });
test("takes no other vision transformer for a DINO", async () => {
  const settings = { checkpoint: other.checkpoint(), region: "all" } as const;
  const run = metricDino.run(await heldOutEdit(), settings, runContext());
  await expect(run).rejects.toMatchObject({
    what: expect.stringContaining("preprocessor_config.json is not that of DINO"),
  });
});
