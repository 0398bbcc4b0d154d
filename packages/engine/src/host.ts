export { type ChildHostOptions, createChildHost } from "./host/child/child-host.ts";
export { type ExecutionOptions, serveExecution } from "./host/child/serve-execution.ts";
export type {
  ExecutionHost,
  HostFacts,
  RejectedRun,
  RunRequest,
  StartedRun,
} from "./host/execution-host.ts";
