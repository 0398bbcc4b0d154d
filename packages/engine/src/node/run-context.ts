import type { Device } from "./device.ts";
import type { TensorValue } from "./tensor-value.ts";

/** An open network; the engine owns and closes it. */
export interface GraphSession {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** @param into Buffers to write results into, by output name; other outputs are allocated. */
  run(
    feeds: Readonly<Record<string, TensorValue>>,
    into?: Readonly<Record<string, TensorValue>>,
  ): Promise<Readonly<Record<string, TensorValue>>>;
}

/**
 * What is copied of weights in files when a network opens: `none`, they are read from their files and cast at each use;
 * `packed`, as products pack them; `all`, cast ahead as well.
 */
export type WeightCopies = "none" | "packed" | "all";

/** A network that `open` can open. */
export interface ModelSource {
  /** Equal keys mean equal bytes on a device: the engine opens each key once and keeps it open. */
  readonly key: string;
  onnx(device: Device): Uint8Array;
  /** Folder of the model's external tensors, which are read from their files and never copied. */
  readonly externalFolder?: string | undefined;
  /** @default "all", which is fastest for convolutions */
  readonly weightCopies?: WeightCopies | undefined;
  /** Memory that the weights take. @default the model's own size */
  readonly weightBytes?: number;
}

/** The item that a node runs for, when it is mapped over a list or a stream. */
export interface RunItem {
  /** From 0. */
  readonly index: number;
  /** The number of items, where it is known. */
  readonly count?: number;
  /** Distinguishes the items of a run, as `3`, or `3-1` in a list of lists; for file names. */
  readonly label: string;
}

/** What happens where a file is already there that this graph did not write: the new one gets a number, takes its place, or is refused. */
export type ExistingFile = "number" | "replace" | "refuse";

/** Everything that a running node sees of the engine. */
export interface RunContext {
  /** Absent where the node runs once; only uncacheable nodes may depend on it. */
  readonly item?: RunItem;
  readonly signal: AbortSignal;
  /** @param preview A value of the node's first output whose port type has a preview. */
  progress(done: number, total: number, preview?: unknown): void;
  log(text: string): void;
  /**
   * Reserves a file for this node alone; items of a list are numbered.
   * @returns the path to write
   * Throws: `node.bad-input`, at param `path`, where another node writes it or it may not be replaced.
   */
  reserve(path: string, existing: ExistingFile): Promise<string>;
  /**
   * Asks for a file that no param names, such as one in a folder that a param names.
   * Throws: `node.bad-input` where the run may not read it.
   */
  mayRead(path: string): Promise<void>;
  /** Reports a file that the node has finished writing. */
  saved(path: string): void;
  open(model: ModelSource): Promise<GraphSession>;
  /** What networks are opened on. @default the CPU in float32 */
  readonly device?: Device | undefined;
}
