import { checkWeights } from "../onnx/compare-weights.ts";
import type { WeightMap } from "../onnx/stored-tensor.ts";
import { buildNetwork, type Network } from "./define-network.ts";

/**
 * Refuses a checkpoint whose tensors have other shapes than its config says; reads none of them.
 * @param prefix Where the network begins in the checkpoint's tree of keys. @default ""
 * Throws: weights.missing, weights.shape, weights.mismatch.
 */
export function checkFit<
  Config,
  Input extends string,
  Output extends string,
  Optional extends string = never,
>(
  network: Network<Config, Input, Output, Optional>,
  config: Config,
  weights: WeightMap,
  prefix = "",
): void {
  const { graph } = buildNetwork(network, config, prefix);
  const declared = [...graph.weights.values()].map(({ tensor }) => tensor);
  const own = [...weights].filter(([name]) => name.startsWith(prefix));
  checkWeights(declared, new Map(own));
}
