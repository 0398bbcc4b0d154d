import type { Device } from "./device.ts";
import type { TensorValue } from "./tensor-value.ts";

/** An opened network, owned and closed by the engine. */
export interface GraphSession {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** @param into Buffers to write results into, by output name; other outputs are allocated. */
  run(
    feeds: Readonly<Record<string, TensorValue>>,
    into?: Readonly<Record<string, TensorValue>>,
  ): Promise<Readonly<Record<string, TensorValue>>>;
}

export interface ModelSource {
  /** Equal keys mean equal bytes on a device: the engine opens each key once and keeps it warm. */
  readonly key: string;
  onnx(device: Device): Uint8Array;
  /** Folder below which the model's external tensors lie; read from their files, never copied. */
  readonly externalFolder?: string | undefined;
  /** What the weights take in memory. @default the model's own bytes */
  readonly weightBytes?: number;
}

/** Which of several items a run of a node is for. */
export interface RunItem {
  /** From 0. */
  readonly index: number;
  /** Absent where nobody knows how many there are. */
  readonly count?: number;
  /** Tells items of a run apart, as `3`, or `3-1` in a list of lists; for file names. */
  readonly label: string;
}

/** All that a running node sees of the engine. */
export interface RunContext {
  /** Absent where the node is not run for each item; only uncacheable nodes may depend on it. */
  readonly item?: RunItem;
  readonly signal: AbortSignal;
  /** @param preview A value of the node's first output whose port type has a preview. */
  progress(done: number, total: number, preview?: unknown): void;
  log(text: string): void;
  /** Tells of a file that the node has written, whole. */
  saved(path: string): void;
  open(model: ModelSource): Promise<GraphSession>;
}
