import {
  createChildHost,
  createPoolHost,
  type ExecutionHost,
  machineBytes,
} from "@insightgraph/engine/host";
import { type Device, deviceName } from "@insightgraph/engine/node";
import { type ExecutionChoices, toArguments } from "./execution-arguments.ts";
import { type RecordOptions, recordRuns } from "./manifest/record-runs.ts";
import { executionEntry } from "./places.ts";
import { openSharedStore } from "./result-store.ts";

/** Options of an execution process and of the manifests of its runs. */
export interface ExecutionOptions extends ExecutionChoices, RecordOptions {
  /** Whether runs leave a manifest. @default true */
  readonly isRecorded?: boolean;
  /** Time for a cancelled run to end by itself before its process is replaced. @default 500 */
  readonly graceMs?: number;
  /** Most memory of the process, in bytes. @default nine tenths of what there is */
  readonly maxBytes?: number;
  /** A process that has more memory than this is replaced between two runs. @default no limit */
  readonly recycleBytes?: number;
}

/** Starts an execution process; every run writes a manifest, however it ends. Throws: `objects.place`. */
export function startExecution(options: ExecutionOptions): ExecutionHost {
  // The process would only say so when it opens its cache; a wrong address is told at once.
  openSharedStore();
  const { folder: cwd, graceMs = 500, recycleBytes = Number.POSITIVE_INFINITY } = options;
  const host = createChildHost({
    ...{ entry: executionEntry, args: toArguments(options), cwd, graceMs, recycleBytes },
    ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
  });
  return options.isRecorded === false ? host : { ...host, run: recordRuns(host, options) };
}

/** Starts an execution process for each device; they share the memory that there is. */
export function startPool(devices: readonly Device[], options: ExecutionOptions): ExecutionHost {
  const shareBytes = machineBytes() / devices.length;
  const limits = {
    maxBytes: shareBytes * 0.9,
    maxSessionBytes: shareBytes * 0.5,
    recycleBytes: shareBytes * 0.75,
  };
  return createPoolHost(
    devices.map((device) => ({
      name: deviceName(device),
      host: startExecution({ ...limits, ...options, device }),
    })),
  );
}
