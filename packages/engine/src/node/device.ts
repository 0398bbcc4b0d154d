/** Execution providers of ONNX Runtime that networks can be emitted for. */
export const providers = ["cpu", "cuda", "webgpu", "dml", "coreml"] as const;
/** An execution provider of ONNX Runtime. */
export type Provider = (typeof providers)[number];

/** The number formats that networks can compute in. */
export const precisions = ["float32", "float16"] as const;

/** What networks run on. */
export interface Device {
  readonly provider: Provider;
  /** The number format of computation; inputs and outputs stay float32. */
  readonly precision: (typeof precisions)[number];
  /** Which of several of its kind, from 0; ONNX Runtime counts CUDA devices so. @default the first */
  readonly index?: number;
}

/** The name of a device: `cpu`, or `cuda:1` where there are several of its kind. */
export function deviceName({ provider, index }: Device): string {
  return index === undefined ? provider : `${provider}:${index}`;
}

/** The device of runs that name none: the CPU in float32. */
export const defaultDevice: Device = { provider: "cpu", precision: "float32" };
