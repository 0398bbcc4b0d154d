/**
 * What a step of a UNet's training costs when all weights move and when a LoRA does: samples a second, by the clock and by
 * the processor's time, and peak memory. Random weights in SD-1.5's layout with narrower channels; each in a process of its own.
 *
 *     npx tsx --conditions=@insightgraph/source test/bench/unet-training.ts
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openSession } from "../../packages/engine/src/runtime.ts";
import { parseUnetConfig } from "../../packages/models/src/networks/parse-unet-config.ts";
import { numbers } from "../../packages/models/src/onnx/run-graph.fixture.ts";
import { createTrainer } from "../../packages/models/src/train/trainer.ts";
import { initialState, toWeights } from "../../packages/models/src/train/training-state.ts";
import {
  emitUnetSteps,
  type UnetBatch,
  type UnetTraining,
  unetLayout,
} from "../../packages/models/src/train/unet-steps.ts";

const [batch, side, words] = [2, 16, 77];
const steps = 2;
const training: UnetTraining = {
  unet: {
    ...parseUnetConfig({
      in_channels: 8,
      block_out_channels: [64, 128, 256, 256],
      cross_attention_dim: 768,
    }),
    sampleSize: [side, side],
  },
  ...{ textTokens: words, batch, prediction: "epsilon" },
};
const lora = { rank: 8, targets: ["to_q", "to_k", "to_v", "to_out.0"] };
const optimizer = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01, clip: 1 };
const schedule = { steps: 100, rate: 1e-4, warmUp: 1, coolDown: 1 };

const tensor = (shape: readonly number[], seed: number) => {
  const count = shape.reduce((product, size) => product * size, 1);
  return { dtype: "float32", shape, data: Float32Array.from(numbers(count, seed)) } as const;
};
const rows = (values: readonly number[], shape: readonly number[]) =>
  ({ dtype: "float32", shape, data: Float32Array.from(values) }) as const;

const latent = [batch, 4, side, side];
const example: UnetBatch = {
  ...{ target: tensor(latent, 1), source: tensor(latent, 2), noise: tensor(latent, 3) },
  text: tensor([batch, words, 768], 4),
  timestep: rows([100, 700], [batch]),
  signal: rows([0.9, 0.4], [batch, 1, 1, 1]),
  spread: rows([0.44, 0.92], [batch, 1, 1, 1]),
};

function peakBytes(): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return 1024 * Number(kilobytes);
}

/** Steps in this process, which does nothing else, so that its peak is theirs. */
async function measure(isLora: boolean): Promise<string> {
  const whole = unetLayout(training);
  const moved = isLora ? { ...training, lora } : training;
  const layout = unetLayout(moved);
  const onnx = emitUnetSteps({
    ...{ ...moved, schedule, optimizer },
    ...(isLora && { weights: new Map(toWeights(whole, initialState(whole, 1).parameters)) }),
  });
  const graph = await openSession(onnx, { threads: 0 });
  const average = { decay: 0.999, every: 1, warmUp: 10 };
  const trainer = createTrainer(graph, initialState(layout, 1), { average });
  await trainer.advance([example]);
  const [start, before] = [performance.now(), process.cpuUsage()];
  for (let step = 0; step < steps; step++) await trainer.advance([example]);
  const wall = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(before);
  const samples = steps * batch;
  await graph.close();
  return [
    `${isLora ? `LoRA of rank ${lora.rank}` : "all weights"}: ${(layout.count / 1e6).toFixed(1)} M of ${(whole.count / 1e6).toFixed(1)} M numbers move`,
    `${(samples / wall).toFixed(3)} samples/s`,
    `${((user + system) / 1e6 / samples).toFixed(1)} s of processor a sample`,
    `peak ${(peakBytes() / 1e9).toFixed(2)} GB`,
  ].join(", ");
}

const [, , mode] = process.argv;
if (mode === undefined) {
  for (const one of ["full", "lora"]) {
    const file = fileURLToPath(import.meta.url);
    const line = execFileSync(process.execPath, [...process.execArgv, file, one]);
    process.stdout.write(line);
  }
} else {
  console.log(await measure(mode === "lora"));
}
