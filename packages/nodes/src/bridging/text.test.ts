import { describe, expect, it } from "vitest";
import { comprehend } from "../comprehension/comprehend.ts";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import { textBridging } from "./text.ts";

describe("bridging.text", () => {
  it("turns states and vision into f_txt and a v_t on the latent grid", async () => {
    const [{ mllm, bridges }, { source }] = [await miniParts, await heldOutScene()];
    const context = runContext();
    const read = await comprehend(context, mllm, source, "remove the apple");
    const { condition, visual } = await textBridging.run({ ...read, model: bridges }, {}, context);
    const { qFormer, interaction } = bridges.config.bridges;
    expect(condition.shape).toEqual([1, qFormer.queries, qFormer.width]);
    const side = interaction.grid * Number(interaction.visualScale);
    expect(visual.shape).toEqual([1, interaction.visualChannels, side, side]);
    expect(visual.data.some((value) => Number(value) !== 0)).toBe(true);
  });
});
