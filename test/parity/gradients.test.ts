import { describe, expect, test } from "vitest";
import { openSession } from "../../packages/engine/src/runtime.ts";
import { gradients } from "../../packages/models/src/autodiff/reverse.ts";
import { bidirectionalInteraction } from "../../packages/models/src/blocks/bidirectional-interaction.ts";
import { clipEncoder } from "../../packages/models/src/blocks/clip-encoder.ts";
import { convolutionStem } from "../../packages/models/src/blocks/convolution-stem.ts";
import { decoupledCrossAttention } from "../../packages/models/src/blocks/decoupled-cross-attention.ts";
import { imageAlignmentAdapter } from "../../packages/models/src/blocks/image-alignment-adapter.ts";
import { llama } from "../../packages/models/src/blocks/llama.ts";
import { qFormer } from "../../packages/models/src/blocks/q-former.ts";
import { resnetBlock } from "../../packages/models/src/blocks/resnet-block.ts";
import { spatialTransformer } from "../../packages/models/src/blocks/spatial-transformer.ts";
import type { TensorValues } from "../../packages/models/src/index.ts";
import { editUnet } from "../../packages/models/src/networks/edit-unet.ts";
import type { InsightEditConfig } from "../../packages/models/src/networks/insightedit-mini.ts";
import { emitGraph } from "../../packages/models/src/onnx/emit.ts";
import {
  createGraph,
  declareInput,
  type Graph,
  type Tensor,
} from "../../packages/models/src/onnx/graph.ts";
import { lowerForTraining } from "../../packages/models/src/onnx/lower/lower-for-training.ts";
import { add, mul } from "../../packages/models/src/onnx/ops/elementwise.ts";
import { reduceSum } from "../../packages/models/src/onnx/ops/reduce.ts";
import { type Weights, weightsAt } from "../../packages/models/src/onnx/weights.ts";
import { createTrainer } from "../../packages/models/src/train/trainer.ts";
import {
  batchTensors,
  type TrainingStage,
} from "../../packages/models/src/train/training-batch.ts";
import { fromWeights, initialState } from "../../packages/models/src/train/training-state.ts";
import {
  emitTrainingSteps,
  insightEditLayout,
  type LossWeights,
  movedSpan,
} from "../../packages/models/src/train/training-step.ts";
import { errorsOf, type ParityFixture, readFixture, relativeError } from "./read-fixture.ts";

type Inputs = Readonly<Record<string, Tensor>>;
type Outputs = Readonly<Record<string, Tensor>>;
type Build = (w: Weights, inputs: Inputs, options: never) => Outputs;

const told = ({ text, image, imageScale }: Inputs) => ({
  text: text as Tensor,
  image: { tokens: image as Tensor, scaleAt: () => imageScale as Tensor },
});
const at = (inputs: Inputs, name: string): Tensor => inputs[name] as Tensor;

const blocks: Readonly<Record<string, Build>> = {
  "resnet-block": (w, i, options: { out: number; groups: number; epsilon: number }) => ({
    y: resnetBlock(w, at(i, "x"), { ...options, time: at(i, "time") }),
  }),
  "spatial-transformer": (w, i, options: { heads: number; groups: number }) => ({
    y: spatialTransformer(w, at(i, "x"), told(i), options),
  }),
  "decoupled-cross-attention": (w, i, { heads }: { heads: number }) => ({
    y: decoupledCrossAttention(w, at(i, "x"), told(i), heads),
  }),
  "q-former": (w, i, config: Parameters<typeof qFormer>[2]) => ({
    y: qFormer(w, at(i, "memory"), config),
  }),
  "bidirectional-interaction": (w, i, config: Parameters<typeof bidirectionalInteraction>[3]) => {
    const found = bidirectionalInteraction(w, at(i, "query"), at(i, "vision"), config);
    return { text: found.text, visual: found.visual, image: found.image };
  },
  "image-alignment-adapter": (w, i, config: Parameters<typeof imageAlignmentAdapter>[2]) => ({
    y: imageAlignmentAdapter(w, at(i, "mm"), config),
  }),
  "llama-layer": (w, i, options: { heads: number; hidden: number }) => ({
    y: llama(w, at(i, "x"), { ...options, layers: 1 }),
  }),
  "vision-layer": (w, i, options: { heads: number; hidden: number }) => ({
    y: clipEncoder(w, at(i, "x"), { ...options, layers: 1 }),
  }),
  "convolution-stem": (w, i, options: Parameters<typeof convolutionStem>[2]) => ({
    y: convolutionStem(w, at(i, "pixels"), options),
  }),
  "edit-unet": (w, i, config: Parameters<typeof editUnet.build>[2]) =>
    editUnet.build(w, i as never, config),
};

/** Declares an input of the fixture by its name. */
function declare(graph: Graph, name: string, inputs: TensorValues): Tensor {
  const { dtype, shape } = inputs[name] as TensorValues[string];
  return declareInput(graph, name, shape, dtype === "int64" ? "int64" : "float32");
}

/** Gradients of the weighted outputs for every weight and every input, as the fixture names them. */
function emitGradients(
  build: Build,
  { inputs, options, outputs, weights }: ParityFixture,
  isLowered: boolean,
): Uint8Array {
  const graph = createGraph();
  const names = Object.keys(inputs).filter((name) => !name.startsWith("weighting."));
  const declared = Object.fromEntries(names.map((name) => [name, declare(graph, name, inputs)]));
  const made = build(weightsAt(graph), declared, options as never);
  if (isLowered) lowerForTraining(graph);
  const loss = Object.entries(made)
    .map(([name, y]) => reduceSum(mul(y, declare(graph, `weighting.${name}`, inputs))))
    .reduce((a, b) => add(a, b));
  const wanted = Object.keys(outputs).filter((name) => name.startsWith("d."));
  const from = wanted.map((name): Tensor => {
    const key = name.slice("d.".length);
    return (declared[key] ?? graph.weights.get(key)?.tensor) as Tensor;
  });
  const slopes = gradients(loss, from);
  const shown = wanted.map((name, index) => [name, slopes[index] as Tensor]);
  return emitGraph(graph, { ...made, ...Object.fromEntries(shown) }, { weights });
}

const worstOf = (errors: Readonly<Record<string, number>>): readonly [string, number] =>
  Object.entries(errors).reduce((worst, one) => (one[1] > worst[1] ? one : worst), ["", 0]);

describe.each([false, true])("gradients, lowered: %s", (isLowered) => {
  test.each(Object.keys(blocks))("[T1] %s agrees with torch", async (name) => {
    const fixture = await readFixture("gradients", name);
    const onnx = emitGradients(blocks[name] as Build, fixture, isLowered);
    const [where, error] = worstOf(await errorsOf(onnx, fixture));
    expect({ where, isClose: error <= 1e-4 || error }).toEqual({ where, isClose: true });
  });
});

interface StepOptions {
  readonly batch: number;
  readonly objects: number;
  readonly maskWeight: number;
  readonly stage: TrainingStage;
  readonly weights: LossWeights;
  readonly rate: number;
  readonly weightDecay: number;
  readonly clip: number;
  readonly epsilon: number;
  readonly steps: number;
}

describe("a training step", () => {
  test.each(["alignment", "editing"])(
    "[T1] of %s agrees with torch and its AdamW",
    async (stage) => {
      const { config, options, weights, inputs, outputs } = await readFixture(
        "gradients",
        `step-${stage}`,
      );
      const network = config as unknown as InsightEditConfig;
      const step = options as unknown as StepOptions;
      const layout = insightEditLayout(network, step);
      const { weightDecay, clip, epsilon } = step;
      const optimizer = { beta1: 0.9, beta2: 0.99, weightDecay, clip, epsilon };
      const lossWeights = Object.entries(step.weights);
      // One rate throughout.
      const schedule = { steps: 1e9, rate: step.rate, warmUp: 1, coolDown: 1 };
      const onnx = emitTrainingSteps(network, {
        ...step,
        weights: Object.fromEntries(lossWeights.filter(([name]) => `0.${name}` in outputs)),
        schedule,
        optimizer,
        frozen: weights,
      });
      const graph = await openSession(onnx, { threads: 1 });
      const start = { ...initialState(layout, 1), parameters: fromWeights(layout, weights) };
      const moved = movedSpan(layout, step.stage);
      const average = { decay: 0.9, every: 8, warmUp: 10 };
      const trainer = createTrainer(graph, start, { average, moved });
      const errors: Record<string, number> = {};
      const compare = (name: string, found: ArrayLike<number>): void => {
        errors[name] = relativeError(found, Array.from(outputs[name]?.data ?? [], Number));
      };
      const batches = Array.from({ length: step.steps }, (_, turn) => {
        const batch = Object.entries(inputs).flatMap(([name, value]) =>
          name.startsWith(`${turn}.`) && name.slice(2) in batchTensors[step.stage]
            ? [[name.slice(2), value] as const]
            : [],
        );
        return Object.fromEntries(batch);
      });
      for (const { step: turn, losses, norm } of await trainer.advance(batches)) {
        compare(`${turn}.norm`, [norm]);
        for (const [name, loss] of Object.entries(losses)) compare(`${turn}.${name}`, [loss]);
      }
      await graph.close();
      for (const { path, offset, count } of layout.parameters) {
        if (!(`after.${path}` in outputs)) continue;
        compare(`after.${path}`, trainer.state.parameters.subarray(offset, offset + count));
      }
      expect(Object.keys(errors).sort()).toEqual(Object.keys(outputs).sort());
      const [where, error] = worstOf(errors);
      expect({ where, isClose: error <= 1e-4 || error }).toEqual({ where, isClose: true });
    },
  );
});
