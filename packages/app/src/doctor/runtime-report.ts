import type { ProviderReport } from "@insightgraph/engine/runtime";

/** The probe's report on ONNX Runtime. */
export interface RuntimeReport {
  readonly version: string;
  readonly providers: readonly ProviderReport[];
}
