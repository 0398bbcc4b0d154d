import type { GraphSession, RunContext } from "@insightgraph/engine/node";
import {
  emitOnnx,
  type InsightEditConfig,
  type Network,
  type WeightMap,
} from "@insightgraph/models";

export type Part = "mllm" | "bridges" | "unet" | "vae";

/** One part of a loaded checkpoint, with what is needed to open its networks. */
export interface ModelComponent {
  readonly part: Part;
  /** SHA-256 of the checkpoint, in hex. */
  readonly digest: string;
  readonly config: InsightEditConfig;
  /** Words that the comprehension reads, by id from 1. */
  readonly vocabulary: readonly string[];
  readonly weights: WeightMap;
}

/** What running a network takes of a node's context. */
export type OpenModel = Pick<RunContext, "open">;

/** Opens a network over a component's weights; the engine keeps it warm by checkpoint and name. */
export function openNetwork<Config>(
  { open }: OpenModel,
  { part, digest, weights }: ModelComponent,
  network: Network<Config, string, string>,
  config: Config,
): Promise<GraphSession> {
  return open({
    key: `${digest}/${network.name}`,
    onnx: () => emitOnnx(network, config, weights, part),
  });
}
