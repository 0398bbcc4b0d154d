import { knownCount } from "../onnx/shape.ts";
import { buildNetwork, type Network } from "./define-network.ts";

/** How many numbers a network learns, and in how many tensors; nothing is allocated. */
export function sizeOfNetwork<Config, Input extends string, Output extends string>(
  network: Network<Config, Input, Output>,
  config: Config,
): { readonly tensors: number; readonly parameters: number } {
  const weights = [...buildNetwork(network, config).graph.weights.values()];
  const parameters = weights.reduce((n, { tensor }) => n + knownCount(tensor.shape), 0);
  return { tensors: weights.length, parameters };
}
