import { createHash } from "node:crypto";
import type { GraphSession, RunContext, TensorValue } from "@insightgraph/engine/node";
import {
  type InsightEditConfig,
  type Lora,
  loraRefine,
  loraStrength,
  loraWeights,
  type Network,
  networkSource,
  type WeightMap,
} from "@insightgraph/models";

import type { ModelVariant } from "./variants.ts";

export type Part = "mllm" | "bridges" | "unet" | "vae";

/** A LoRA over a network's layers; its strength is told at each run, so that changing it opens nothing anew. */
export interface LoadedLora {
  /** SHA-256 of the file's content, in hex. */
  readonly digest: string;
  readonly layers: Lora;
  readonly strength: number;
}

/** Weights of one network or several, with what identifies them. */
export interface Weighted {
  /** SHA-256 of the checkpoint's content, in hex. */
  readonly digest: string;
  readonly weights: WeightMap;
  /** Where the networks begin in the checkpoint's tree of keys. @default "" */
  readonly part?: string;
  readonly loras?: readonly LoadedLora[];
}

/** One part of a loaded checkpoint of InsightEdit's own, with what is needed to open its networks. */
export interface ModelComponent extends Weighted {
  readonly kind: "insightedit";
  readonly part: Part;
  readonly config: InsightEditConfig;
  readonly variant: ModelVariant;
  /** Words that the comprehension reads, by id from 1. */
  readonly vocabulary: readonly string[];
}

/** What running a network takes of a node's context. */
export type OpenModel = Pick<RunContext, "open">;

/** Strengths by the inputs that take them; a LoRA that knows none of the layers has none. */
function strengthsOf(
  loras: readonly LoadedLora[],
  inputs: readonly string[],
): Readonly<Record<string, TensorValue>> {
  const scalars = loras.map(({ strength }, place): [string, TensorValue] => [
    loraStrength(place),
    { dtype: "float32", shape: [], data: Float32Array.of(strength) },
  ]);
  return Object.fromEntries(scalars.filter(([name]) => inputs.includes(name)));
}

/** A checkpoint's weights, and the LoRAs' beside them. */
function withLoras(weights: WeightMap, loras: readonly LoadedLora[]): WeightMap {
  if (loras.length === 0) return weights;
  return new Map([...weights, ...loraWeights(loras.map(({ layers }) => layers))]);
}

/**
 * Opens a network over a component's weights and LoRAs; the engine keeps it warm by their content, its name and its
 * config.
 */
export async function openNetwork<
  Config,
  Input extends string,
  Output extends string,
  Optional extends string = never,
>(
  { open }: OpenModel,
  { part = "", digest, weights, loras = [] }: Weighted,
  network: Network<Config, Input, Output, Optional>,
  config: Config,
): Promise<GraphSession> {
  const what = JSON.stringify([config, loras.map((lora) => lora.digest)]);
  const shape = createHash("sha256").update(what).digest("hex").slice(0, 16);
  const refine = loras.length === 0 ? undefined : loraRefine(loras.map(({ layers }) => layers));
  const session = await open({
    key: `${digest}/${part}/${network.name}/${shape}`,
    ...networkSource(network, config, withLoras(weights, loras), { prefix: part, refine }),
  });
  if (loras.length === 0) return session;
  const strengths = strengthsOf(loras, session.inputs);
  return { ...session, run: (feeds, into) => session.run({ ...feeds, ...strengths }, into) };
}
