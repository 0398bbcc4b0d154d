import { expect, test } from "vitest";
import { comprehensionMllm } from "../../packages/nodes/src/comprehension/mllm.ts";
import { modelLlava } from "../../packages/nodes/src/model/llava.ts";
import { runContext } from "../../packages/nodes/src/model/node-run.fixture.ts";
import { tinyLlava } from "../../packages/nodes/src/model/tiny-llava.fixture.ts";
import { readFixture, relativeError } from "./read-fixture.ts";

test("the LLaVA nodes give the states that transformers gives for the same files", async () => {
  const { inputs, outputs, options } = await readFixture("tiny-llava", "states");
  const { shape: [height = 0, width = 0] = [], data } = inputs["picture"] ?? {};
  const image = { width, height, channels: 3, data: Uint8Array.from(data ?? [], Number) } as const;
  const { model } = await modelLlava.run({}, tinyLlava, runContext());
  const instruction = `${options["instruction"]}`;
  const found = await comprehensionMllm.run({ image, instruction, model }, {}, runContext());
  for (const name of ["mmTokens", "vision"] as const) {
    expect(found[name].shape).toEqual(outputs[name]?.shape);
    const error = relativeError(
      Array.from(found[name].data, Number),
      Array.from(outputs[name]?.data ?? [], Number),
    );
    // Weights are stored in half precision, and pictures are resampled within a level of 255.
    expect(error).toBeLessThan(2e-2);
  }
});
