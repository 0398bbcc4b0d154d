import * as ort from "onnxruntime-node";
import { mapValues } from "../graph/map-values.ts";
import type { Device, Provider } from "../node/device.ts";
import type { GraphSession, WeightCopies } from "../node/run-context.ts";
import type { TensorData, TensorType, TensorValue } from "../node/tensor-value.ts";

/** A session that its opener must close. `run` blocks the event loop until it returns. */
export interface OwnedSession extends GraphSession {
  close(): Promise<void>;
}

/** How a session opens. */
export interface SessionOptions {
  /** @default "cpu" */
  readonly provider?: Provider;
  /** Which of several devices of the provider. @default the first */
  readonly index?: number | undefined;
  /** @default 0, all cores */
  readonly threads?: number;
  /** Folder of the external tensors; the runtime maps their files and refuses paths outside it. */
  readonly externalFolder?: string | undefined;
  /** What is copied of external tensors. @default "all" */
  readonly weightCopies?: WeightCopies | undefined;
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

/** Entries of ONNX Runtime's own session configuration. */
function configOf(
  externalFolder: string | undefined,
  copies: WeightCopies,
): ort.InferenceSession.SessionOptions {
  if (externalFolder === undefined) return {};
  const session = {
    model_external_initializers_file_folder_path: externalFolder,
    ...(copies === "none" && { disable_prepacking: "1" }),
  };
  // A weight's cast is a constant: folded, it stays in memory in the wider type.
  const optimization = copies === "all" ? {} : { disable_specified_optimizers: "ConstantFolding" };
  return { extra: { session, optimization } };
}

function profilingOf(prefix: string | undefined): ort.InferenceSession.SessionOptions {
  return prefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: prefix };
}

/** A device as ONNX Runtime names it. */
export function toOrtProvider({
  provider,
  index,
}: Pick<SessionOptions, "index"> &
  Pick<Device, "provider">): ort.InferenceSession.ExecutionProviderConfig {
  return index === undefined ? provider : { name: provider, deviceId: index };
}

/** Opens ONNX bytes; operators that the provider has no kernel for run on the CPU. */
export async function openSession(
  onnx: Uint8Array,
  {
    provider = "cpu",
    index,
    threads = 0,
    externalFolder,
    weightCopies = "all",
    profilePrefix,
  }: SessionOptions = {},
): Promise<OwnedSession> {
  const session = await ort.InferenceSession.create(onnx, {
    executionProviders: [toOrtProvider({ provider, index })],
    intraOpNumThreads: threads,
    logSeverityLevel: 3,
    // A memory pattern is allocated on top of the first run's memory: a third more for networks of gigabytes.
    enableMemPattern: externalFolder === undefined,
    ...configOf(externalFolder, weightCopies),
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
