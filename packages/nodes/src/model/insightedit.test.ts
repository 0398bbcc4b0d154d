import { shippedWeightsFolder } from "@insightgraph/models";
import { describe, expect, it } from "vitest";
import { insightEditModel } from "./insightedit.ts";
import { digestCheckpoint, loadCheckpoint } from "./load-checkpoint.ts";
import { runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";

const settings = { checkpoint: "insightedit-mini" } as const;

describe("model.insightedit", () => {
  it("gives the four parts of one checkpoint", async () => {
    const parts = await insightEditModel.run({}, settings, runContext());
    expect(Object.keys(parts).sort()).toEqual(["bridges", "mllm", "unet", "vae"]);
    expect(parts.unet.part).toBe("unet");
    expect(parts.mllm.digest).toBe(await insightEditModel.fingerprint?.(settings));
    expect(parts.mllm.vocabulary).toContain("apple");
  });

  it("ships in half precision", async () => {
    const { unet } = await loadCheckpoint("insightedit-mini");
    expect(new Set([...unet.weights.values()].map(({ dtype }) => dtype))).toEqual(
      new Set(["float16"]),
    );
  });

  it("takes a folder that training wrote, and no folder of another kind", async () => {
    const folder = shippedWeightsFolder("insightedit-mini");
    const { unet } = await loadCheckpoint(`dir:${folder}`);
    expect(unet.digest).toBe((await loadCheckpoint("insightedit-mini")).unet.digest);
    expect(unet.weights.get("unet.conv_in.weight")?.span?.file).toContain("model.safetensors");
    const [refused, at] = [{ code: "node.bad-input" }, { path: "params.checkpoint" }];
    await expect(loadCheckpoint("dir:relative")).rejects.toMatchObject({ ...refused, at });
    const other = `${tinyCheckpoint}/text_encoder`;
    await expect(loadCheckpoint(other)).rejects.toMatchObject({
      ...refused,
      what: expect.stringContaining("no networks of InsightEdit"),
    });
  });

  it("says which file of a checkpoint is missing", async () => {
    await expect(digestCheckpoint("no-such-model")).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.checkpoint" },
    });
  });
});
