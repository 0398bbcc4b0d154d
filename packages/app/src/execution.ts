import { toWireError } from "@insightgraph/engine/errors";
import {
  createExecutionHost,
  type ExecutionHost,
  type HostEvent,
  isEnding,
  type RunRequest,
} from "@insightgraph/engine/process";
import type { RunEnding } from "@insightgraph/engine/protocol";
import { type ExecutionChoices, toArguments } from "./execution-arguments.ts";
import { filesOf, runtimeOf } from "./manifest/make-manifest.ts";
import { createRunRecord } from "./manifest/run-record.ts";
import { writeRecord } from "./manifest/write-record.ts";
import { executionEntry } from "./places.ts";

export interface ExecutionOptions extends ExecutionChoices {
  /** Where relative paths in graphs start. */
  readonly folder: string;
  /** Where manifests go. @default beside the first file that a run wrote */
  readonly manifest?: string;
  /** Told where the manifest of a run went. */
  readonly onManifest?: (file: string) => void;
  /** Whether runs are written down. @default true */
  readonly isRecorded?: boolean;
}

/** The code of node types from outside the project, where there are any. */
export async function digestOfPlaces({
  nodePlaces = [],
}: ExecutionChoices): Promise<string | undefined> {
  if (nodePlaces.length === 0) return undefined;
  const { digestNodes } = await import("./load-nodes.ts");
  return digestNodes(nodePlaces);
}

function recordRuns(host: ExecutionHost, options: ExecutionOptions): ExecutionHost {
  const { folder, manifest, onManifest = () => {} } = options;
  // Read now: this is the code that the process loads.
  const nodesDigest = digestOfPlaces(options);
  // Where it cannot be read, the process says so.
  nodesDigest.catch(() => {});
  const run: ExecutionHost["run"] = async (request: RunRequest, emit) => {
    const facts = await host.facts();
    const { graph } = request;
    const { catalogue } = facts;
    const record = createRunRecord(graph, catalogue, folder);
    const onEvent = (event: HostEvent): void => {
      record.add(event);
      // A run is over once its manifest is written.
      if (!isEnding(event)) emit(event);
    };
    const writeDown = async (ending: RunEnding): Promise<void> => {
      const files = await filesOf(graph, catalogue, folder, record.nodes);
      const runtime = await runtimeOf(facts, await nodesDigest);
      const finishedAt = new Date().toISOString();
      const run = { graph, catalogue, folder, record, runtime, files, ending, finishedAt };
      onManifest(await writeRecord(run, manifest));
    };
    const started = await host.run(request, onEvent);
    if (started.issues !== undefined) return started;
    const settle = async (): Promise<RunEnding> => {
      const ending = await started.ended;
      try {
        await writeDown(ending);
        return ending;
      } catch (thrown) {
        // What went wrong first is what the person must know.
        if (ending.type !== "run-finished") return ending;
        return { type: "run-failed", runId: ending.runId, error: toWireError(thrown) };
      }
    };
    const ended = settle().then((ending) => {
      emit(ending);
      return ending;
    });
    return { ...started, ended };
  };
  return {
    facts: host.facts,
    migrate: host.migrate,
    run,
    close: host.close,
    get pid() {
      return host.pid;
    },
  };
}

/** Starts an execution process whose runs leave a manifest, however they end. */
export function startExecution(options: ExecutionOptions): ExecutionHost {
  const args = toArguments(options);
  const host = createExecutionHost({ entry: executionEntry, args, cwd: options.folder });
  return options.isRecorded === false ? host : recordRuns(host, options);
}
