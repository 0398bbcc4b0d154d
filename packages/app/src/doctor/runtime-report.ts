import type { ProviderReport } from "@insightgraph/engine/runtime";

/** What the probe tells of ONNX Runtime. */
export interface RuntimeReport {
  readonly version: string;
  readonly providers: readonly ProviderReport[];
}
