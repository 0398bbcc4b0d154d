import { toMessage } from "../onnx/emit.ts";
import { declareInput, type Graph, type Tensor } from "../onnx/graph.ts";
import { reshape } from "../onnx/ops/arrange.ts";
import { add } from "../onnx/ops/elementwise.ts";
import { repeatModel } from "../onnx/repeat-model.ts";
import type { WeightMap } from "../onnx/stored-tensor.ts";
import { encodeModel, type ModelMessage, type NodeMessage } from "../onnx/wire.ts";
import { type AdamWOptions, adamW } from "./adam-w.ts";
import { learningRate, type TrainingSchedule } from "./learning-rate.ts";

/** What is optimized, and how. */
export interface Optimization {
  /** The graph's input `parameters`. Shape: [P] */
  readonly parameters: Tensor;
  /** Shape: [P] */
  readonly gradient: Tensor;
  /** Scalars to report. */
  readonly losses: Readonly<Record<string, Tensor>>;
  readonly schedule: TrainingSchedule;
  readonly optimizer: AdamWOptions;
  /** Inputs that are the same in every step; all others but the state come stacked, one slice a step. */
  readonly shared?: readonly string[];
  /** Weights that nothing moves. */
  readonly weights?: WeightMap;
}

/** Adds `average` [P] and `share` [1] to the inputs: the average moves by that share to where the parameters end. */
function withAverage(model: ModelMessage, end: string): ModelMessage {
  const moved = model.outputs.filter(({ name }) => name === end);
  const node = (op: string, inputs: readonly string[], output: string): NodeMessage => ({
    op,
    name: `${output}/${op}`,
    inputs,
    outputs: [output],
    attributes: {},
  });
  return {
    ...model,
    nodes: [
      ...model.nodes,
      node("Sub", [end, "average"], "average.away"),
      node("Mul", ["average.away", "share"], "average.move"),
      node("Add", ["average", "average.move"], "average.next"),
    ],
    inputs: [
      ...model.inputs,
      ...moved.map((value) => ({ ...value, name: "average" })),
      { name: "share", dtype: "float32", shape: [1] },
    ],
    outputs: [...model.outputs, ...moved.map((value) => ({ ...value, name: "average.next" }))],
  };
}

/**
 * Many optimization steps in one run, by ONNX's Loop, and the average of the weights after them: parameters and
 * moments stay where the provider keeps them. Inputs: the batches, stacked, and `turns`, how many; `parameters`,
 * `first`, `second` and `average` [P]; `step` [1], the steps done; `share` [1]. Outputs: the vectors and the step as
 * `….next`; `rate`, `norm` and each loss, as [turns, 1].
 */
export function emitOptimizationSteps(
  graph: Graph,
  { parameters, gradient, losses, schedule, optimizer, shared = [], weights }: Optimization,
): Uint8Array {
  const step = declareInput(graph, "step", [1]);
  const rate = learningRate(step, schedule);
  const moved = adamW(parameters, gradient, { step, rate }, optimizer);
  const shown = Object.entries(losses).map(([name, loss]) => [`loss.${name}`, reshape(loss, [1])]);
  const outputs = {
    "parameters.next": moved.parameters,
    "first.next": moved.first,
    "second.next": moved.second,
    "step.next": add(step, 1),
    rate,
    norm: moved.norm,
    ...Object.fromEntries(shown),
  };
  const state = ["parameters", "first", "second", "step"];
  const carried = Object.fromEntries(state.map((name) => [name, `${name}.next`]));
  const one = toMessage(graph, outputs, { name: "training-step", ...(weights && { weights }) });
  return encodeModel(withAverage(repeatModel(one, { carried, shared }), "parameters.next"));
}
