import type { LoweringTarget } from "../onnx/lower/lower-graph.ts";

/** A tensor in host memory, row-major. */
export interface HostTensor {
  readonly dtype: "float32" | "float64" | "float16" | "int32" | "int64" | "bool" | "uint8";
  readonly shape: readonly number[];
  readonly data:
    | Float32Array
    | Float64Array
    | Uint16Array
    | Int32Array
    | BigInt64Array
    | Uint8Array;
}

export type HostTensors = Readonly<Record<string, HostTensor>>;

/** Whatever can run an opened graph; the engine's sessions do. */
export interface RunnableGraph {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  run(feeds: HostTensors, into?: HostTensors): Promise<HostTensors>;
  close(): Promise<void>;
}

/** Opens a graph, emitted for what is to run it. */
export type OpenGraph = (emit: (target: LoweringTarget) => Uint8Array) => Promise<RunnableGraph>;
