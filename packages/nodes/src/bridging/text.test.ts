import { insightEditMini } from "@insightgraph/models";

import { describe, expect, test } from "vitest";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import { bridgingText } from "./text.ts";

describe("bridging.text", () => {
  test("turns states and vision into f_txt and a v_t on the latent grid", async () => {
    const [{ mllm, bridges }, { source }] = [await miniParts, await heldOutScene()];
    const context = runContext();
    const read = await mllm.comprehend(context, source, "remove the apple");
    const { condition, visual } = await bridgingText.run({ ...read, model: bridges }, {}, context);
    const { qFormer, interaction } = insightEditMini(252).bridges;
    expect(condition.shape).toEqual([1, qFormer.queries, qFormer.width]);
    const side = interaction.grid * Number(interaction.visualScale);
    expect(visual.shape).toEqual([1, interaction.visualChannels, side, side]);
    expect(visual.data.some((value) => Number(value) !== 0)).toBe(true);
  });
});
