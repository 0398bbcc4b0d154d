import { causalMask } from "../layers/causal-mask.ts";
import { type RotaryOptions, rotaryTable } from "../layers/rotary-embedding.ts";
import type { Tensor } from "../onnx/graph.ts";
import { sizeOf } from "../onnx/shape.ts";
import type { Weights } from "../onnx/weights.ts";
import { type LlamaLayerConfig, llamaLayer } from "./llama-layer.ts";

/** Sizes of a stack of Llama layers. */
export interface LlamaConfig extends LlamaLayerConfig {
  readonly layers: number;
  readonly rotary?: RotaryOptions;
}

/**
 * Llama's layers over embedded tokens, each reading itself and what stands before it; no norm after the last.
 * Shapes: x [N, L, D] -> [N, L, D]
 * Source: Llama (arXiv:2302.13971), section 2.2; weight names as in transformers' LlamaModel.
 */
export function llama(w: Weights, x: Tensor, config: LlamaConfig): Tensor {
  const [length, width] = [sizeOf(x, 1), sizeOf(x, 2)];
  const depth = config.headWidth ?? width / config.heads;
  const positions = {
    mask: causalMask(w.graph, length),
    rotary: rotaryTable(w.graph, [length, depth], config.rotary),
  };
  let h = x;
  for (let index = 0; index < config.layers; index++) {
    h = llamaLayer(w.at(`layers.${index}`), h, config, positions);
  }
  return h;
}
