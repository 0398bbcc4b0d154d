import { ModelError } from "../errors.ts";
import type { WeightMap } from "../onnx/stored-tensor.ts";
import type { BridgeConfig } from "./bridges.ts";

/** What shapes do not tell. */
export interface BridgeHeads {
  /** Width of one of the Q-Former's heads. @default 64, BERT's */
  readonly qFormerHeadWidth?: number;
  /** Heads of the interaction. @default 8, SAM's */
  readonly interactionHeads?: number;
}

function sizeAt(weights: WeightMap, key: string, axis: number): number {
  const size = weights.get(key)?.shape[axis];
  if (size !== undefined) return size;
  throw new ModelError("weights.missing", "the checkpoint has no such tensor.", {
    at: key,
    hint: "Expected SmartEdit's Q-Former and interaction module in one folder, under their own names.",
  });
}

const layer = /^sd_qformer\.encoder\.layer\.(\d+)\.(attention|crossattention)\.self\.key\.weight$/;

/** Numbers of layers: all, and from one that reads the memory to the next. */
function layersOf(weights: WeightMap): { readonly layers: number; readonly crossEvery: number } {
  const found = [...weights.keys()].flatMap((key) => {
    const [, place, kind] = layer.exec(key) ?? [];
    return place === undefined
      ? []
      : [{ place: Number(place), isCross: kind === "crossattention" }];
  });
  const all = found.filter(({ isCross }) => !isCross).map(({ place }) => place);
  const crosses = found.filter(({ isCross }) => isCross).map(({ place }) => place);
  const [first = 0, second] = crosses.toSorted((a, b) => a - b);
  return { layers: all.length, crossEvery: second === undefined ? all.length : second - first };
}

function adapterOf(
  weights: WeightMap,
  width: number,
): BridgeConfig["adapter"] & { states: number } {
  const path = "image_alignment_adapter";
  const mapperWidth = weights.get(`${path}.mapper.weight`)?.shape[0];
  // Without its tensors the adapter cannot be opened; the paper's picture stands for its sizes.
  if (mapperWidth === undefined) return { mapperWidth: width, tokens: 4, width, states: 32 };
  const out = sizeAt(weights, `${path}.norm.weight`, 0);
  return {
    mapperWidth,
    width: out,
    tokens: sizeAt(weights, `${path}.proj.weight`, 0) / out,
    states: sizeAt(weights, `${path}.proj.weight`, 1) / mapperWidth,
  };
}

/**
 * Sizes of the bridging networks from their tensors' shapes. The vision grid and the latent's size are known only when
 * they run; here they are SmartEdit's.
 * Throws: weights.missing.
 * Source: SmartEdit (arXiv:2312.06739).
 */
export function bridgeConfigOf(
  weights: WeightMap,
  { qFormerHeadWidth = 64, interactionHeads = 8 }: BridgeHeads = {},
): BridgeConfig {
  const width = sizeAt(weights, "sd_query_tokens", 2);
  const cross = "sd_qformer.encoder.layer.0.crossattention.self.key.weight";
  const { states, ...adapter } = adapterOf(weights, width);
  return {
    mmTokens: states,
    mmWidth: sizeAt(weights, cross, 1),
    visionWidth: sizeAt(weights, "modulate_head.weight", 0),
    qFormer: {
      queries: sizeAt(weights, "sd_query_tokens", 1),
      width,
      heads: Math.max(1, Math.round(width / qFormerHeadWidth)),
      hidden: sizeAt(weights, "sd_qformer.encoder.layer.0.intermediate_query.dense.weight", 0),
      ...layersOf(weights),
    },
    interaction: {
      heads: interactionHeads,
      grid: 16,
      visualChannels: sizeAt(weights, "dimension_reduction_head_zeroconv.weight", 0),
      visualScale: 2,
    },
    adapter,
  };
}
