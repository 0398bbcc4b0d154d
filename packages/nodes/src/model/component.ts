import { createHash } from "node:crypto";
import type { GraphSession, RunContext } from "@insightgraph/engine/node";
import {
  type InsightEditConfig,
  type Network,
  networkSource,
  type WeightMap,
} from "@insightgraph/models";

export type Part = "mllm" | "bridges" | "unet" | "vae";

/** Weights of one network or several, with what identifies them. */
export interface Weighted {
  /** SHA-256 of the checkpoint's content, in hex. */
  readonly digest: string;
  readonly weights: WeightMap;
  /** Where the networks begin in the checkpoint's tree of keys. @default "" */
  readonly part?: string;
}

/** One part of a loaded checkpoint of InsightEdit's own, with what is needed to open its networks. */
export interface ModelComponent extends Weighted {
  readonly kind: "insightedit";
  readonly part: Part;
  readonly config: InsightEditConfig;
  /** Words that the comprehension reads, by id from 1. */
  readonly vocabulary: readonly string[];
}

/** What running a network takes of a node's context. */
export type OpenModel = Pick<RunContext, "open">;

/** Opens a network over a component's weights; the engine keeps it warm by checkpoint, name and config. */
export function openNetwork<
  Config,
  Input extends string,
  Output extends string,
  Optional extends string = never,
>(
  { open }: OpenModel,
  { part = "", digest, weights }: Weighted,
  network: Network<Config, Input, Output, Optional>,
  config: Config,
): Promise<GraphSession> {
  const shape = createHash("sha256").update(JSON.stringify(config)).digest("hex").slice(0, 16);
  return open({
    key: `${digest}/${part}/${network.name}/${shape}`,
    ...networkSource(network, config, weights, { prefix: part }),
  });
}
