export type { ChildFacts, NodeLogged } from "./process/child-messages.ts";
export {
  createExecutionHost,
  type ExecutionHost,
  type ExecutionHostOptions,
  type HostEvent,
  isEnding,
  type RejectedRun,
  type RunRequest,
  type StartedRun,
} from "./process/execution-host.ts";
export { type ExecutionOptions, serveExecution } from "./process/serve-execution.ts";
