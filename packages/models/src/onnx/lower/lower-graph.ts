import type { Graph, Tensor } from "../graph.ts";
import { fuseAttention } from "./fuse-attention.ts";
import { fuseGroupNorm } from "./fuse-group-norm.ts";
import { fuseSkipNorm } from "./fuse-skip-norm.ts";
import { layChannelsLast } from "./lay-channels-last.ts";
import { dropUnread } from "./rewrite.ts";
import { toHalfPrecision } from "./to-half-precision.ts";

/** Execution providers of ONNX Runtime. */
export type Provider = "cpu" | "cuda" | "webgpu" | "dml" | "coreml";

/** What will run a graph. */
export interface LoweringTarget {
  readonly provider: Provider;
  /** Of what is computed; inputs and outputs stay float32. @default "float32" */
  readonly precision?: "float32" | "float16";
}

type Outputs = Readonly<Record<string, Tensor>>;
type Rewrite = (graph: Graph, outputs: Outputs) => void;

/** What each provider has a kernel for, and gains by. Others take ONNX's own operators. */
const rewrites: Readonly<Record<Provider, readonly Rewrite[]>> = {
  cpu: [fuseAttention, fuseSkipNorm],
  cuda: [fuseAttention, fuseSkipNorm, fuseGroupNorm, layChannelsLast],
  webgpu: [],
  dml: [],
  coreml: [],
};

/**
 * Replaces, in place, operators by those that a provider runs best; computes the same but for rounding. A lowered
 * graph has no gradients.
 */
export function lowerGraph<Names extends Outputs>(
  graph: Graph,
  outputs: Names,
  { provider, precision = "float32" }: LoweringTarget,
): { readonly graph: Graph; readonly outputs: Names } {
  for (const rewrite of rewrites[provider]) rewrite(graph, outputs);
  dropUnread(graph, outputs);
  return precision === "float16" ? toHalfPrecision(graph, outputs) : { graph, outputs };
}
