import { createChildHost, type ExecutionHost } from "@insightgraph/engine/host";
import { type ExecutionChoices, toArguments } from "./execution-arguments.ts";
import { type RecordOptions, recordRuns } from "./manifest/record-runs.ts";
import { executionEntry } from "./places.ts";

/** Options of an execution process and of the manifests of its runs. */
export interface ExecutionOptions extends ExecutionChoices, RecordOptions {
  /** Whether runs leave a manifest. @default true */
  readonly isRecorded?: boolean;
  /** Time for a cancelled run to end by itself before its process is replaced. @default 700 */
  readonly graceMs?: number;
}

/** Starts an execution process; every run writes a manifest, however it ends. */
export function startExecution(options: ExecutionOptions): ExecutionHost {
  const args = toArguments(options);
  const { folder: cwd, graceMs = 700 } = options;
  const host = createChildHost({ entry: executionEntry, args, cwd, graceMs });
  return options.isRecorded === false ? host : { ...host, run: recordRuns(host, options) };
}
