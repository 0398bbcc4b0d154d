import { emitGraph } from "../onnx/emit.ts";
import { externalFolder } from "../onnx/external-folder.ts";
import { type LoweringTarget, lowerGraph } from "../onnx/lower/lower-graph.ts";
import { type StoredTensor, storedBytes, type WeightMap } from "../onnx/stored-tensor.ts";
import type { Refine } from "../onnx/weights.ts";
import { buildNetwork, type Network } from "./define-network.ts";

/** All that opening a network takes; a session pool asks for the model only when it opens it. */
export interface NetworkSource {
  /** @param target What runs it. @default the CPU provider in float32 */
  onnx(target?: LoweringTarget): Uint8Array;
  /** Folder of the files in which weights stay; undefined when all are inside the model. */
  readonly externalFolder: string | undefined;
  readonly weightBytes: number;
}

/** Where in a checkpoint a network lies, and what is added to it. */
export interface NetworkSourceOptions {
  /** Where the network begins in the checkpoint's tree of keys. @default "" */
  readonly prefix?: string;
  /** Adapters over the layers. */
  readonly refine?: Refine | undefined;
}

/** Bytes of a tensor in its file. */
const bytesOf = ({ dtype, shape }: StoredTensor): number =>
  shape.reduce((product, size) => product * size, storedBytes[dtype]);

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
  { prefix = "", refine }: NetworkSourceOptions = {},
): NetworkSource {
  const own = [...weights].filter(([key]) => key.startsWith(prefix));
  const folder = externalFolder(new Map(own));
  return {
    externalFolder: folder,
    weightBytes: own.reduce((sum, [, tensor]) => sum + bytesOf(tensor), 0),
    onnx(target = { provider: "cpu" }) {
      const built = buildNetwork(network, config, prefix, refine);
      const { graph, outputs } = lowerGraph(built.graph, built.outputs, target);
      return emitGraph(graph, outputs, { name: network.name, weights, folder });
    },
  };
}
