import { stderr, stdout } from "node:process";
import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import type { Preview } from "@insightgraph/engine/node";
import {
  createExecutionHost,
  type ExecutionHost,
  type HostEvent,
} from "@insightgraph/engine/process";
import { NO_CACHE } from "./execution-arguments.ts";
import { DONE, exitCodeOf, INTERRUPTED } from "./exit-codes.ts";
import { executionEntry } from "./places.ts";
import { createProgress } from "./progress.ts";
import { reportErrors } from "./report.ts";
import { untilInterrupt } from "./until-interrupt.ts";

export interface GraphRun {
  /** The folder in which relative paths in the graph start. */
  readonly folder: string;
  /** The graph to run, once the node types are known. */
  prepare(catalogue: NodeCatalogue): GraphDocument;
  /** Ids of the wanted nodes. @default output nodes and graph outputs */
  readonly outputs?: readonly string[];
  /** Neither takes nor keeps results on disk. @default false */
  readonly isWithoutCache?: boolean;
}

function printTexts(graph: GraphDocument, previews: ReadonlyMap<string, Preview>): void {
  for (const [name, { node, output }] of Object.entries(graph.outputs ?? {})) {
    const preview = previews.get(`${node} ${output}`);
    if (preview?.kind === "text") stdout.write(`${name}: ${preview.text}\n`);
  }
}

async function runOn(
  host: ExecutionHost,
  { prepare, outputs }: GraphRun,
  signal: AbortSignal,
): Promise<number> {
  const { catalogue } = await host.facts();
  const graph = prepare(catalogue);
  const show = createProgress(stderr);
  const previews = new Map<string, Preview>();
  const onEvent = (event: HostEvent): void => {
    show(event);
    if (event.type !== "node-finished") return;
    for (const [output, preview] of Object.entries(event.previews)) {
      previews.set(`${event.nodeId} ${output}`, preview);
    }
  };
  const run = await host.run({ graph, ...(outputs === undefined ? {} : { outputs }) }, onEvent);
  if (run.issues !== undefined) {
    reportErrors(run.issues);
    return exitCodeOf(run.issues[0]?.code ?? "graph.shape");
  }
  if (signal.aborted) run.cancel();
  signal.addEventListener("abort", run.cancel);
  const ending = await run.ended;
  if (ending.type === "run-cancelled") return INTERRUPTED;
  if (ending.type === "run-failed") {
    reportErrors([ending.error]);
    return exitCodeOf(ending.error.code);
  }
  printTexts(graph, previews);
  return DONE;
}

/** Runs a graph in an execution process of its own; shows progress; Ctrl-C cancels. */
export async function runGraphFile(run: GraphRun): Promise<number> {
  const args = run.isWithoutCache ? [NO_CACHE] : [];
  const host = createExecutionHost({ entry: executionEntry, args, cwd: run.folder });
  try {
    return await untilInterrupt("ending the run", (signal) => runOn(host, run, signal));
  } finally {
    await host.close();
  }
}
