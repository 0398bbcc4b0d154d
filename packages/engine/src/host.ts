export { type ChildHostOptions, createChildHost } from "./host/child/child-host.ts";
export {
  type ExecutionOptions,
  type OutputKeeper,
  serveExecution,
} from "./host/child/serve-execution.ts";
export { machineBytes } from "./host/child/watch-beats.ts";
export type {
  ExecutionHost,
  HostFacts,
  RejectedRun,
  RunRequest,
  StartedRun,
} from "./host/execution-host.ts";
export { createGpuMemory } from "./host/gpu-memory.ts";
export { createPoolHost, type PoolDevice } from "./host/pool/pool-host.ts";
