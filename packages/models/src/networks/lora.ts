import { conv2d } from "../layers/conv2d.ts";
import { linear } from "../layers/linear.ts";
import { declareInput, type Graph, type Init, type Tensor } from "../onnx/graph.ts";
import { add, mul } from "../onnx/ops/elementwise.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import { type Geometry, type Refine, type Weights, weightsAt } from "../onnx/weights.ts";

/** What a LoRA adds to one layer; as `parseLora` gives it. */
export interface LoraBranch {
  readonly down: StoredTensor;
  readonly up: StoredTensor;
  readonly scale: number;
}

/** A LoRA's branches by the path of the layer. */
export type LoraBranches = ReadonlyMap<string, LoraBranch>;

/** Name of the graph input that holds the strength of a LoRA, a scalar. */
export function loraStrength(place: number): string {
  return `lora.${place}.strength`;
}

/** Where a LoRA's tensors of a layer lie in the tree of weights. */
const scopeOf = (place: number, path: string): string => `lora.${place}.${path}`;

/** The LoRAs' tensors under the names that `loraRefine` declares. */
export function loraWeights(loras: readonly LoraBranches[]): WeightMap {
  const entries = loras.flatMap((branches, place) =>
    [...branches].flatMap(([path, { down, up }]) => [
      [`${scopeOf(place, path)}.down.weight`, down] as const,
      [`${scopeOf(place, path)}.up.weight`, up] as const,
    ]),
  );
  return new Map(entries);
}

function strengthOf(graph: Graph, place: number): Tensor {
  const name = loraStrength(place);
  return graph.inputs.find((input) => input.name === name) ?? declareInput(graph, name, []);
}

/** How a branch that is trained begins: as nothing. Source: PEFT 0.21's `init_lora_weights="gaussian"`. */
const startOf = (rank: number): { readonly down: Init; readonly up: Init } => ({
  down: { std: 1 / rank },
  up: { fill: 0 },
});

function branch(w: Weights, x: Tensor, out: number, rank: number, geometry?: Geometry) {
  const [down, up] = [w.at("down"), w.at("up")];
  const init = startOf(rank);
  const [first, second] = [
    { out: rank, bias: false, init: init.down },
    { out, bias: false, init: init.up },
  ];
  if (geometry === undefined) {
    return {
      low: linear(down, x, first),
      raise: (low: Tensor) => linear(up, low, second),
    };
  }
  return {
    low: conv2d(down, x, { ...first, ...geometry }),
    raise: (low: Tensor) => conv2d(up, low, { ...second, kernel: 1 }),
  };
}

/**
 * Adds every LoRA's low-rank branch to the layers that it knows: y + strength * scale * up(down(x)). The strength is an
 * input of the graph, so that another one needs no other session and the checkpoint is never rewritten.
 * Source: LoRA (arXiv:2106.09685), section 4.1.
 */
export function loraRefine(loras: readonly LoraBranches[]): Refine {
  return (w, x, y, geometry) =>
    loras.reduce((sum, branches, place) => {
      const found = branches.get(w.path);
      if (found === undefined) return sum;
      const { down, scale } = found;
      const here = weightsAt(w.graph, scopeOf(place, w.path));
      const out = sizeOf(y, geometry === undefined ? -1 : 1);
      const { low, raise } = branch(here, x, out, down.shape[0] ?? 0, geometry);
      return add(sum, raise(mul(low, mul(strengthOf(w.graph, place), scale))));
    }, y);
}

/** Which layers get a branch to train, and how wide it is. */
export interface LoraShape {
  readonly rank: number;
  /** Ends of the layers' paths, whole names, as in PEFT's `target_modules`: "to_q", "to_out.0". */
  readonly targets: readonly string[];
}

const trained = "lora.trained";

/** Adds a branch that is trained to each layer that is a target; it begins as nothing, and its scale is 1. */
export function trainedLora({ rank, targets }: LoraShape): Refine {
  return (w, x, y, geometry) => {
    if (!targets.some((target) => `.${w.path}`.endsWith(`.${target}`))) return y;
    const here = weightsAt(w.graph, `${trained}.${w.path}`);
    const out = sizeOf(y, geometry === undefined ? -1 : 1);
    const { low, raise } = branch(here, x, out, rank, geometry);
    return add(y, raise(low));
  };
}

/** Whether a weight belongs to a branch that is trained. */
export const isTrainedLora = (path: string): boolean => path.startsWith(`${trained}.`);

/** A trained branch's weight under the name that diffusers and PEFT read in a LoRA of a UNet. */
export function loraFileKey(path: string): string {
  const layer = path.slice(trained.length + 1);
  const named = layer.replace(/\.down\.weight$/, ".lora_A.weight");
  return `unet.${named.replace(/\.up\.weight$/, ".lora_B.weight")}`;
}
