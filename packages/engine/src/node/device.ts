/** Execution providers of ONNX Runtime that networks can be emitted for. */
export const providers = ["cpu", "cuda", "webgpu", "dml", "coreml"] as const;
export type Provider = (typeof providers)[number];

export const precisions = ["float32", "float16"] as const;

/** What networks run on. */
export interface Device {
  readonly provider: Provider;
  /** In which networks compute; what goes in and comes out stays float32. */
  readonly precision: (typeof precisions)[number];
}

export const defaultDevice: Device = { provider: "cpu", precision: "float32" };
