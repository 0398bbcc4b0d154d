import { ModelError } from "../errors.ts";
import { checkFinite } from "../onnx/finite-weights.ts";
import { showShape } from "../onnx/shape.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import type { ParameterLayout } from "./flat-parameters.ts";
import { normalArray } from "./random.ts";

/** All that training carries from one step to the next, as flat vectors [P]. */
export interface TrainingState {
  readonly step: number;
  readonly parameters: Float32Array;
  /** First and second moments of the gradient. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Exponential moving average of the parameters: what is shipped. */
  readonly average: Float32Array;
}

/** A state before the first step: weights drawn from the seed, moments zero. Shapes: -> [P] each */
export function initialState(layout: ParameterLayout, seed: number): TrainingState {
  const parameters = new Float32Array(layout.count);
  layout.parameters.forEach(({ init, offset, count }, index) => {
    if ("fill" in init) parameters.fill(init.fill, offset, offset + count);
    else {
      const drawn = normalArray(count, seed * 100_003 + index).map((value) => value * init.std);
      parameters.set(drawn, offset);
    }
  });
  return {
    step: 0,
    parameters,
    first: new Float32Array(layout.count),
    second: new Float32Array(layout.count),
    average: parameters.slice(),
  };
}

/** A flat vector as tensors by weight path. */
export function toWeights(
  layout: ParameterLayout,
  flat: Float32Array,
  prefix = "",
): [string, StoredTensor][] {
  return layout.parameters.map(({ path, shape, offset, count }) => {
    const data = flat.slice(offset, offset + count);
    const tensor = {
      dtype: "float32" as const,
      shape: shape.map(Number),
      data: new Uint8Array(data.buffer),
    };
    return [`${prefix}${path}`, tensor];
  });
}

/** A flat vector out of tensors by weight path. Throws: weights.missing, weights.shape, weights.dtype, weights.not-finite. */
export function fromWeights(
  layout: ParameterLayout,
  weights: WeightMap,
  prefix = "",
): Float32Array {
  const flat = new Float32Array(layout.count);
  for (const { path, shape, offset, count } of layout.parameters) {
    const tensor = weights.get(`${prefix}${path}`);
    const at = `${prefix}${path}`;
    const hint = "Resume with the checkpoint of the same configuration, or start anew.";
    if (tensor === undefined) {
      throw new ModelError("weights.missing", "the checkpoint has no such tensor.", { at, hint });
    }
    if (tensor.dtype !== "float32") {
      throw new ModelError("weights.dtype", `expected float32, found ${tensor.dtype}.`, {
        at,
        hint,
      });
    }
    if (showShape(tensor.shape) !== showShape(shape) || tensor.data.byteLength !== 4 * count) {
      throw new ModelError(
        "weights.shape",
        `expected ${showShape(shape)}, found ${showShape(tensor.shape)}.`,
        { at, hint },
      );
    }
    checkFinite(weights, [at]);
    const { buffer, byteOffset, byteLength } = tensor.data.slice();
    flat.set(new Float32Array(buffer, byteOffset, byteLength / 4), offset);
  }
  return flat;
}

const parts = ["parameters", "first", "second", "average"] as const;

/** A state as the tensors of a training checkpoint. */
export function stateToWeights(layout: ParameterLayout, state: TrainingState): WeightMap {
  const step = new Uint8Array(BigInt64Array.of(BigInt(state.step)).buffer);
  return new Map([
    ["step", { dtype: "int64", shape: [1], data: step }],
    ...parts.flatMap((part) => toWeights(layout, state[part], `${part}:`)),
  ]);
}

/** Throws: weights.missing, weights.shape, weights.dtype. */
export function stateFromWeights(layout: ParameterLayout, weights: WeightMap): TrainingState {
  const stored = weights.get("step");
  if (stored === undefined) {
    throw new ModelError("weights.missing", "this is not a training checkpoint.", {
      at: "step",
      hint: "Resume from a folder that training wrote.",
    });
  }
  if (stored.dtype !== "int64" || stored.data.byteLength !== 8) {
    throw new ModelError("weights.dtype", `expected one int64, found ${stored.dtype}.`, {
      at: "step",
      hint: "Resume from a folder that training wrote.",
    });
  }
  const step = Number(new DataView(stored.data.slice().buffer).getBigInt64(0, true));
  const [parameters, first, second, average] = parts.map((part) =>
    fromWeights(layout, weights, `${part}:`),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  return { step, parameters, first, second, average };
}
