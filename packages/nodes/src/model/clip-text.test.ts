import { expect, test } from "vitest";
import { modelClipText } from "./clip-text.ts";
import { runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";

test("gives an encoder of the checkpoint's width, with its tokenizer", async () => {
  const context = runContext();
  const { model } = await modelClipText.run({}, { checkpoint: tinyCheckpoint }, context);
  expect((await model.encode(context, "the cat")).shape).toEqual([1, 77, 24]);
  expect(model.lora?.layers()).toContain("text_model.encoder.layers.0.self_attn.q_proj");
});
