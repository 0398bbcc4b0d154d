import { insightEditMini } from "@insightgraph/models";

import { describe, expect, test } from "vitest";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import { bridgingIaa } from "./iaa.ts";

describe("bridging.iaa", () => {
  test("gives the adapter's tokens and carries its scale along", async () => {
    const [{ mllm, bridges }, { source }] = [await miniParts, await heldOutScene()];
    const context = runContext();
    const { mmTokens } = await mllm.comprehend(context, source, "remove the apple");
    const inputs = { mmTokens, model: bridges };
    const { imageCondition } = await bridgingIaa.run(inputs, { scale: 0.5 }, context);
    const { tokens, width } = insightEditMini(252).bridges.adapter;
    expect(imageCondition.tokens.shape).toEqual([1, tokens, width]);
    expect(imageCondition.scale).toBe(0.5);
  });
});
