import { continuedLlamaLayer, type LlamaMemory, type LlamaPast } from "../blocks/llama-layer.ts";
import { rmsNorm } from "../layers/rms-norm.ts";
import { rotaryFrequencies, rotaryTableAt } from "../layers/rotary-embedding.ts";
import { append, constant, scalar, type Tensor } from "../onnx/graph.ts";
import { concat, gather, reshape } from "../onnx/ops/arrange.ts";
import { add } from "../onnx/ops/elementwise.ts";
import { gemm } from "../onnx/ops/matrix.ts";
import { greaterOrEqual, shiftWithin, where } from "../onnx/ops/select.ts";
import { dimOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import { defineNetwork, type InputSpec } from "./define-network.ts";
import type { QwenTextConfig } from "./qwen-config.ts";

/** How a Qwen reads: with pictures or without. */
export interface QwenInput {
  readonly text: QwenTextConfig;
  /** After how many of its first layers a picture's further features are added; undefined where none is read. */
  readonly deepLayers?: number | undefined;
}

/** Reads a text as a whole. */
export interface QwenStatesInput extends QwenInput {
  /** Whose states are given, side by side: k is after layer k, counted from 1; the last one is normalized. */
  readonly states: readonly number[];
}

const root = "model.language_model";

function pictureInputs({ text, deepLayers }: QwenInput): Record<string, InputSpec> {
  if (deepLayers === undefined) return {};
  const names = ["features", ...Array.from({ length: deepLayers }, (_, at) => `deep.${at}`)];
  return {
    places: { shape: [1, "L"], dtype: "int64" },
    ...Object.fromEntries(names.map((name) => [name, { shape: ["V", text.width] }])),
  };
}

const textInputs: Record<"ids" | "positions" | "mask", InputSpec> = {
  ids: { shape: [1, "L"], dtype: "int64" },
  positions: { shape: ["L", 3] },
  mask: { shape: ["L", "L"] },
};

/** Each pair turns by one axis: every third by the height and the width of a picture, the others by time. */
function frequenciesOf({ headWidth, theta, sections }: QwenTextConfig): readonly number[][] {
  const all = rotaryFrequencies(headWidth, { theta });
  const axisOf = (pair: number): number => {
    const axis = pair % 3;
    return axis > 0 && pair < 3 * (sections[axis] ?? 0) ? axis : 0;
  };
  return [0, 1, 2].map((axis) => all.map((value, pair) => (axisOf(pair) === axis ? value : 0)));
}

/** Chooses a picture's features where they stand, else words' states. Shapes: places [1, L], words [1, L, D] or [] -> [1, L, D] */
function featuresAt(places: Tensor) {
  const axes = constant(places.graph, [2], [1], "int64");
  const isPicture = append("Unsqueeze", [greaterOrEqual(places, 0), axes], {
    dtype: "bool",
    shape: [1, dimOf(places, 1), 1],
  });
  const rows = shiftWithin(places, 0, { low: 0, high: Number.MAX_SAFE_INTEGER });
  return (features: Tensor, words: Tensor): Tensor =>
    where(isPicture, gather(features, rows), words);
}

interface Reading {
  /** After each layer, before a picture's further features are added; the last one normalized. */
  readonly states: readonly Tensor[];
  readonly memories: readonly LlamaMemory[];
}

function readTokens(
  w: Weights,
  inputs: Readonly<Record<string, Tensor>>,
  { text, deepLayers }: QwenInput,
  past: readonly LlamaPast[] = [],
): Reading {
  const { ids, positions, mask } = inputs as Record<"ids" | "positions" | "mask", Tensor>;
  const model = w.at(root);
  const table = model.get("embed_tokens.weight", [text.vocabulary, text.width], { std: 0.02 });
  const rotary = rotaryTableAt(positions, frequenciesOf(text));
  const picture = deepLayers === undefined ? undefined : featuresAt(inputs["places"] as Tensor);
  const words = gather(table, ids);
  let h = picture?.(inputs["features"] as Tensor, words) ?? words;
  const [states, memories]: [Tensor[], LlamaMemory[]] = [[], []];
  for (let layer = 0; layer < text.layers; layer++) {
    const found = continuedLlamaLayer(model.at(`layers.${layer}`), h, text, {
      mask,
      rotary,
      past: past[layer],
    });
    memories.push(found);
    h = found.states;
    states.push(h);
    if (picture === undefined || layer >= (deepLayers ?? 0)) continue;
    h = add(h, picture(inputs[`deep.${layer}`] as Tensor, scalar(w.graph, 0)));
  }
  const last = rmsNorm(model.at("norm"), h, text.epsilon);
  return { states: [...states.slice(0, -1), last], memories };
}

/**
 * The states of a text, and of a picture within it, after some of the layers.
 * Shapes: ids [1, L], positions [L, 3], mask [L, L], places [1, L], features and deep.k [V, D] -> states [1, L, n D];
 * places are the rows of a picture's features, below 0 for words
 * Source: Qwen3-VL (arXiv:2511.21631); transformers' Qwen3VLForConditionalGeneration, with its weight names.
 */
export const qwenStates = defineNetwork<QwenStatesInput, string, "states">({
  name: "qwen-states",
  inputs: (config) => ({ ...textInputs, ...pictureInputs(config) }),
  build(w, inputs, config) {
    const { states } = readTokens(w, inputs, config);
    const chosen = config.states.map((layer) => states[layer - 1] as Tensor);
    return { states: chosen.length === 1 ? (chosen[0] as Tensor) : concat(chosen, 2) };
  },
});

/** The last position alone. Shapes: x [1, L, D] -> [1, D] */
function lastPosition(x: Tensor, width: number): Tensor {
  const operands = [-1, Number.MAX_SAFE_INTEGER, 1].map((value) =>
    constant(x.graph, [value], [1], "int64"),
  );
  const shape = [1, 1, width];
  return reshape(append("Slice", [x, ...operands], { dtype: x.dtype, shape }), [1, width]);
}

const memoryNames = (layers: number): readonly (readonly [string, string])[] =>
  Array.from({ length: layers }, (_, layer) => [`keys.${layer}`, `values.${layer}`] as const);

/**
 * One step of generation: how likely each next token is, after what was read and remembered before. The memory goes in
 * as `past.keys.k` and `past.values.k`, with or without room for more; what is read comes out, to be remembered.
 * Shapes: ids [1, L], positions [L, 3], mask [L, L], pastMask [1, P], past [1, K, P, d] -> logits [1, vocabulary], keys.k and values.k [1, K, L, d]
 * Source: as `qwenStates`.
 */
export const qwenStep = defineNetwork<QwenInput, string, string>({
  name: "qwen-step",
  inputs: (config) => {
    const shape = [1, config.text.keyHeads, "P", config.text.headWidth];
    const past = memoryNames(config.text.layers).flat();
    return {
      ...textInputs,
      pastMask: { shape: [1, "P"] },
      ...pictureInputs(config),
      ...Object.fromEntries(past.map((name) => [`past.${name}`, { shape }])),
    };
  },
  build(w, inputs, config) {
    const { text } = config;
    const names = memoryNames(text.layers);
    const mask = inputs["pastMask"] as Tensor;
    const past = names.map(([keys, values]) => ({
      keys: inputs[`past.${keys}`] as Tensor,
      values: inputs[`past.${values}`] as Tensor,
      mask,
    }));
    const { states, memories } = readTokens(w, inputs, config, past);
    const head = text.isTied ? `${root}.embed_tokens.weight` : "lm_head.weight";
    const words = w.get(head, [text.vocabulary, text.width], { std: 0.02 });
    const last = lastPosition(states.at(-1) as Tensor, text.width);
    const memory = memories.flatMap(({ keys, values }, layer) => [
      [names[layer]?.[0], keys],
      [names[layer]?.[1], values],
    ]);
    return {
      logits: gemm(last, words, undefined, { transB: true }),
      ...Object.fromEntries(memory),
    };
  },
});
