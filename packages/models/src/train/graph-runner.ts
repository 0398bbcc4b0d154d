import type { LoweringTarget } from "../onnx/lower/lower-graph.ts";
import type { TensorValues } from "./tensor-value.ts";

/** Whatever can run an opened graph; the engine's sessions do. */
export interface GraphRunner {
  /** Names of the graph's inputs and outputs. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** @param into Memory that outputs of these names are written to. */
  run(feeds: TensorValues, into?: TensorValues): Promise<TensorValues>;
  close(): Promise<void>;
}

/** Opens a graph, emitted for the provider and precision that will run it. */
export type OpenGraph = (emit: (target: LoweringTarget) => Uint8Array) => Promise<GraphRunner>;
