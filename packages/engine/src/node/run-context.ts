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
  /** Equal keys mean equal bytes: the engine opens each key once and keeps it warm. */
  readonly key: string;
  onnx(): Uint8Array;
  /** Folder below which the model's external tensors lie; read from their files, never copied. */
  readonly externalFolder?: string | undefined;
  /** What the weights take in memory. @default the model's own bytes */
  readonly weightBytes?: number;
}

/** All that a running node sees of the engine. */
export interface RunContext {
  readonly signal: AbortSignal;
  /** @param preview A value of the node's first output whose port type has a preview. */
  progress(done: number, total: number, preview?: unknown): void;
  log(text: string): void;
  open(model: ModelSource): Promise<GraphSession>;
}
