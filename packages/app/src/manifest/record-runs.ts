import { toWireError } from "@insightgraph/engine/errors";
import { withoutGraphFiles } from "@insightgraph/engine/graph";
import type { ExecutionHost, HostFacts, RunRequest } from "@insightgraph/engine/host";
import { isEnding, type RunEnding } from "@insightgraph/engine/protocol";
import { digestOfPlaces } from "../digest-of-places.ts";
import { filesOf, runtimeOf } from "./make-manifest.ts";
import { createRunRecord, type RunRecord } from "./run-record.ts";
import { sweepUnfinished } from "./sweep-unfinished.ts";
import { writeRecord } from "./write-record.ts";

/** Where the runs of a host are recorded. */
export interface RecordOptions {
  /** Where relative paths in graphs start. */
  readonly folder: string;
  /** Files and folders of further node definitions, absolute. @default none */
  readonly nodePlaces?: readonly string[];
  /** Where manifests go. @default beside the first file that a run wrote */
  readonly manifest?: string;
}

/** Writes manifests of runs that have ended, and returns their paths. */
type WriteManifest = (
  ending: RunEnding,
  request: RunRequest,
  record: RunRecord,
  facts: HostFacts,
) => Promise<string>;

function createWriter(options: RecordOptions): WriteManifest {
  const { folder, manifest } = options;
  // Read now: this is the code that the process loads.
  const nodesDigest = digestOfPlaces(options.nodePlaces);
  // If it cannot be read, the process reports that.
  nodesDigest.catch(() => {});
  return async (ending, request, record, facts) => {
    const { catalogue } = facts;
    const graph = withoutGraphFiles(request.graph);
    const files = await filesOf(graph, catalogue, folder, record.nodes);
    const runtime = await runtimeOf(facts, await nodesDigest);
    const finishedAt = new Date().toISOString();
    const run = { graph, catalogue, folder, record, runtime, files, ending, finishedAt };
    return writeRecord(run, manifest);
  };
}

/** When the process of a run that did not finish has surely ended. */
const sweepAfterMs = 10_000;

/** A host's `run` whose runs leave a manifest; a run ends once its manifest is written. */
export function recordRuns(host: ExecutionHost, options: RecordOptions): ExecutionHost["run"] {
  const write = createWriter(options);
  return async (request, emit) => {
    const facts = await host.facts();
    const sweep = (): Promise<void> =>
      sweepUnfinished(request.graph, facts.catalogue, options.folder);
    await sweep();
    const record = createRunRecord(request.graph, facts.catalogue, options.folder);
    const started = await host.run(request, (event) => {
      record.add(event);
      if (!isEnding(event)) emit(event);
    });
    if (started.issues !== undefined) return started;
    const settle = async (): Promise<RunEnding> => {
      const ending = await started.ended;
      try {
        emit({ type: "manifest-written", path: await write(ending, request, record, facts) });
        return ending;
      } catch (thrown) {
        // The work is done; and of several errors, the first is the one that people need.
        if (ending.type !== "run-finished") return ending;
        const { code, what, hint } = toWireError(thrown);
        return { ...ending, warning: { code, what: `the manifest is not written: ${what}`, hint } };
      }
    };
    const ended = settle().then((ending) => {
      if (ending.type !== "run-finished") setTimeout(sweep, sweepAfterMs).unref();
      emit(ending);
      return ending;
    });
    return { ...started, ended };
  };
}
