import { castInBlocks } from "../onnx/cast-in-blocks.ts";
import { toMessage } from "../onnx/emit.ts";
import { externalFolder } from "../onnx/external-folder.ts";
import { type LoweringTarget, lowerGraph } from "../onnx/lower/lower-graph.ts";
import { quantizedNames, useQuantized } from "../onnx/lower/use-quantized.ts";
import { tensorBytes, type WeightMap } from "../onnx/stored-tensor.ts";
import type { Refine } from "../onnx/weights.ts";
import { encodeModel } from "../onnx/wire.ts";
import { buildNetwork, type Network } from "./define-network.ts";

/** All that opening a network takes; a session pool asks for the model only when it opens it. */
export interface NetworkSource {
  /** @param target What runs it. @default the CPU provider in float32 */
  onnx(target?: LoweringTarget): Uint8Array;
  /** Folder of the files in which weights stay; undefined when all are inside the model. */
  readonly externalFolder: string | undefined;
  /** Memory that the weights take. */
  readonly weightBytes: number;
  readonly weightCopies: WeightCopies;
}

/** As the engine's `ModelSource` names them: what is copied of weights in files when a network opens. */
export type WeightCopies = "none" | "packed" | "all";

/** Where in a checkpoint a network lies, and what is added to it. */
export interface NetworkSourceOptions {
  /** Where the network begins in the checkpoint's tree of keys. @default "" */
  readonly prefix?: string;
  /** Adapters over the layers. */
  readonly refine?: Refine | undefined;
  /** Whether weights are read from their files at each use, cast there: least memory, best for networks of products. @default false */
  readonly staysInFiles?: boolean | undefined;
}

/** Bytes of a weight in the form in which it is used. */
function usedBytes(weights: WeightMap, name: string): number {
  const { bytes, scales } = quantizedNames(name);
  const own = weights.get(name);
  const parts = weights.has(bytes) ? [weights.get(bytes), weights.get(scales)] : [own];
  return parts.reduce((sum, tensor) => sum + (tensor === undefined ? 0 : tensorBytes(tensor)), 0);
}

/**
 * A network over a checkpoint whose tensors stay in their files.
 * Throws, from `onnx`: weights.missing, weights.shape, weights.mismatch, weights.not-finite.
 */
export function networkSource<
  Config,
  Input extends string,
  Output extends string,
  Optional extends string = never,
>(
  network: Network<Config, Input, Output, Optional>,
  config: Config,
  weights: WeightMap,
  { prefix = "", refine, staysInFiles = false }: NetworkSourceOptions = {},
): NetworkSource {
  const own = [...weights].filter(([key]) => key.startsWith(prefix));
  const folder = externalFolder(new Map(own));
  const isQuantized = own.some(([key]) => key.endsWith(quantizedNames("").bytes));
  return {
    externalFolder: folder,
    // Products of 8 bits are slow on weights that are not packed.
    weightCopies: isQuantized ? "packed" : staysInFiles ? "none" : "all",
    get weightBytes() {
      const { graph } = buildNetwork(network, config, prefix, refine);
      return [...graph.weights.keys()].reduce((sum, name) => sum + usedBytes(weights, name), 0);
    },
    onnx(target = { provider: "cpu" }) {
      const built = buildNetwork(network, config, prefix, refine);
      useQuantized(built.graph, weights);
      const { graph, outputs } = lowerGraph(built.graph, built.outputs, target);
      const model = toMessage(graph, outputs, { name: network.name, weights, folder });
      // A GPU is slowed by many small products.
      const isInBlocks = staysInFiles && target.provider === "cpu";
      return encodeModel(isInBlocks ? castInBlocks(model) : model);
    },
  };
}
