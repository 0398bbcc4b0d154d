import { describe, expect, it } from "vitest";
import { clipTextModel } from "./clip-text.ts";
import { runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";

describe("model.clip-text", () => {
  it("gives the encoder under the names that networks ask for, and its tokenizer", async () => {
    const { model } = await clipTextModel.run({}, { checkpoint: tinyCheckpoint }, runContext());
    expect(model.weights.has("text_model.final_layer_norm.weight")).toBe(true);
    expect(model.config.maxTokens).toBe(77);
    expect(model.tokenizer.encode("the cat")).toHaveLength(77);
  });
});
