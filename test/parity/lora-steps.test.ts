import { expect, test } from "vitest";
import { openSession } from "../../packages/engine/src/runtime.ts";
import { loraFileKey } from "../../packages/models/src/networks/lora.ts";
import { parseUnetConfig } from "../../packages/models/src/networks/parse-unet-config.ts";
import type { StoredTensor } from "../../packages/models/src/onnx/stored-tensor.ts";
import { createTrainer } from "../../packages/models/src/train/trainer.ts";
import { fromWeights, initialState } from "../../packages/models/src/train/training-state.ts";
import { emitUnetSteps, unetLayout } from "../../packages/models/src/train/unet-steps.ts";
import { readFixture, relativeError } from "./read-fixture.ts";

interface StepOptions {
  readonly textTokens: number;
  readonly rank: number;
  readonly targets: readonly string[];
  readonly rate: number;
  readonly weightDecay: number;
  readonly clip: number;
  readonly epsilon: number;
  readonly steps: number;
}

test("[T1] two steps of a LoRA agree with PEFT and torch's AdamW", async () => {
  const { config, options, weights, inputs, outputs } = await readFixture("lora", "steps");
  const step = options as unknown as StepOptions;
  const { rank, targets, rate, weightDecay, clip, epsilon } = step;
  const training = {
    unet: { ...parseUnetConfig(config), sampleSize: [4, 4] as const },
    ...{ textTokens: step.textTokens, batch: 2, prediction: "epsilon" as const },
    lora: { rank, targets },
  };
  const layout = unetLayout(training);
  const peftKey = (path: string): string => loraFileKey(path).slice("unet.".length);
  const branches = layout.parameters.map(({ path }): [string, StoredTensor] => {
    const tensor = weights.get(`lora.${peftKey(path)}`);
    if (tensor === undefined) throw new RangeError(`the fixture has no ${path}`);
    return [path, tensor];
  });
  const graph = await openSession(
    emitUnetSteps({
      ...training,
      weights,
      // One rate throughout.
      schedule: { steps: 1e9, rate, warmUp: 1, coolDown: 1 },
      optimizer: { beta1: 0.9, beta2: 0.999, weightDecay, clip, epsilon },
    }),
    { threads: 1 },
  );
  const start = initialState(layout, 1);
  const parameters = fromWeights(layout, new Map(branches));
  const trainer = createTrainer(
    graph,
    { ...start, parameters },
    { average: { decay: 0.9, every: 8, warmUp: 10 } },
  );
  const errors: Record<string, number> = {};
  const compare = (name: string, found: ArrayLike<number>): void => {
    errors[name] = relativeError(found, Array.from(outputs[name]?.data ?? [], Number));
  };
  const batches = Array.from({ length: step.steps }, (_, turn) => {
    const own = Object.entries(inputs).filter(([name]) => name.startsWith(`${turn}.`));
    return Object.fromEntries(own.map(([name, value]) => [name.slice(2), value]));
  });
  for (const { step: turn, losses, norm } of await trainer.advance(batches)) {
    compare(`${turn}.loss`, [losses["diffusion"] ?? Number.NaN]);
    compare(`${turn}.norm`, [norm]);
  }
  await graph.close();
  for (const { path, offset, count } of layout.parameters) {
    const moved = trainer.state.parameters.subarray(offset, offset + count);
    compare(`after.${peftKey(path)}`, moved);
  }
  expect(Object.keys(errors).sort()).toEqual(Object.keys(outputs).sort());
  for (const [where, error] of Object.entries(errors)) {
    expect({ where, isClose: error <= 1e-4 || error }).toEqual({ where, isClose: true });
  }
});
