import { registerFamily } from "@insightgraph/editing/architectures";
import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { addedMetricContract } from "./added-metric.contract.ts";
import { metricClipImage } from "./clip-image.ts";
import { heldOutEdit } from "./held-out-edit.fixture.ts";
import { tinyModels } from "./tiny-models.fixture.ts";

const added = "insightgraph models add hf:openai/clip-vit-base-patch32";
addedMetricContract(metricClipImage, () => tinyModels.clipVision, { equal: 1, added });

test("the hole is filled when a CLIP is added: its result is kept under another key", async () => {
  const fingerprint = (checkpoint: string) =>
    metricClipImage.fingerprint?.({ checkpoint, region: "all" });
  expect(await fingerprint("clip-vit-base-patch32")).toBe("not added");
  expect(await fingerprint(tinyModels.clipVision)).toMatch(/^[0-9a-f]{64} /);
});

test("refuses other models, whatever they embed", async () => {
  const forget = registerFamily({
    name: "Other",
    parts: {
      imageEmbedder: {
        component: "model",
        reads: () => true,
        open: () => ({ name: "Other", embed: async () => new Float32Array(1) }),
      },
    },
  });
  const settings = { checkpoint: "insightedit-mini", region: "all" } as const;
  await expect(
    metricClipImage.run(await heldOutEdit(), settings, runContext()),
  ).rejects.toMatchObject({ what: '"insightedit-mini" is Other, not CLIP.' });
  forget();
});
