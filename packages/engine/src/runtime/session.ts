import * as ort from "onnxruntime-node";
import type { Provider } from "../node/device.ts";
import type { TensorData, TensorType, TensorValue } from "../node/tensor-value.ts";

export type Tensors = Readonly<Record<string, TensorValue>>;

/** An opened network. `run` blocks the event loop of its process until it returns. */
export interface GraphSession {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** @param into Buffers to write results into, by output name; other outputs are allocated. */
  run(feeds: Tensors, into?: Tensors): Promise<Tensors>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** @default "cpu" */
  readonly provider?: Provider;
  /** @default 0, all cores */
  readonly threads?: number;
  /** Folder below which external tensors lie; the runtime maps their files and refuses paths that lead out of it. */
  readonly externalFolder?: string | undefined;
  /** Start of a path: closing the session writes how long each operator took into a file whose name begins so. */
  readonly profilePrefix?: string;
}

function toOrt(value: TensorValue): ort.Tensor {
  return new ort.Tensor(value.dtype, value.data as never, [...value.shape]);
}

function fromOrt(tensor: ort.Tensor): TensorValue {
  return {
    dtype: tensor.type as TensorType,
    shape: tensor.dims,
    data: tensor.data as TensorData,
  };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** String entries of the runtime's own session configuration. */
function configOf(externalFolder: string | undefined): ort.InferenceSession.SessionOptions {
  if (externalFolder === undefined) return {};
  return { extra: { session: { model_external_initializers_file_folder_path: externalFolder } } };
}

function profilingOf(prefix: string | undefined): ort.InferenceSession.SessionOptions {
  return prefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: prefix };
}

/** Opens ONNX bytes; operators that the provider has no kernel for run on the CPU. */
export async function openSession(
  onnx: Uint8Array,
  { provider = "cpu", threads = 0, externalFolder, profilePrefix }: SessionOptions = {},
): Promise<GraphSession> {
  const session = await ort.InferenceSession.create(onnx, {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    logSeverityLevel: 3,
    // The plan's block comes on top of what the first run took: a third more for a network of gigabytes.
    enableMemPattern: externalFolder === undefined,
    ...configOf(externalFolder),
    ...profilingOf(profilePrefix),
  });
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(feeds, into = {}) {
      const fetches = Object.fromEntries(
        session.outputNames.map((name) => [name, into[name] ? toOrt(into[name]) : null]),
      );
      return mapValues(await session.run(mapValues(feeds, toOrt), fetches), fromOrt);
    },
    async close() {
      if (profilePrefix !== undefined) session.endProfiling();
      await session.release();
    },
  };
}
