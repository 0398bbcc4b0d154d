import { createChildHost, type ExecutionHost } from "@insightgraph/engine/host";
import { type ExecutionChoices, toArguments } from "./execution-arguments.ts";
import { type RecordOptions, recordRuns } from "./manifest/record-runs.ts";
import { executionEntry } from "./places.ts";

/** How an execution process works, and what is recorded of its runs. */
export interface ExecutionOptions extends ExecutionChoices, RecordOptions {
  /** Whether runs leave a manifest. @default true */
  readonly isRecorded?: boolean;
  /** Time for a cancelled run to end by itself before its process is killed. @default 5000 */
  readonly graceMs?: number;
}

/** Starts an execution process whose runs leave a manifest, however they end. */
export function startExecution(options: ExecutionOptions): ExecutionHost {
  const args = toArguments(options);
  const { folder: cwd, graceMs = 5000 } = options;
  const host = createChildHost({ entry: executionEntry, args, cwd, graceMs });
  return options.isRecorded === false ? host : { ...host, run: recordRuns(host, options) };
}
