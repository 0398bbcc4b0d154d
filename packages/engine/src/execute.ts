export { createReachGuard, type FileReach, type ReachGuard } from "./execute/file-reach.ts";
export type { KeepValue } from "./execute/kept-value.ts";
export type { IsOwnFile } from "./execute/output-files.ts";
export {
  type CallOptions,
  callGraph,
  type RunOptions,
  type RunValues,
  runGraph,
  runPlan,
} from "./execute/run-graph.ts";
export type { Emit } from "./execute/run-state.ts";
