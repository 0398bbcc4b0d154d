import { stderr, stdout } from "node:process";
import type { WireError } from "@insightgraph/engine/errors";
import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import type { ExecutionHost } from "@insightgraph/engine/host";
import type { Preview } from "@insightgraph/engine/node";
import type { RunEvent } from "@insightgraph/engine/protocol";
import { type CommandEvent, eventLine, toCommandEvent } from "./command-events.ts";
import { startExecution } from "./execution.ts";
import type { ExecutionChoices } from "./execution-arguments.ts";
import { DONE, exitCodeOf, INTERRUPTED } from "./exit-codes.ts";
import { checkManifestPlace } from "./manifest/manifest-place.ts";
import { createProgress } from "./progress.ts";
import { reportErrors, reportIssues } from "./report.ts";
import { untilInterrupt } from "./until-interrupt.ts";

/** A graph file to run, and how to show the run. */
export interface GraphRun extends ExecutionChoices {
  /** The folder in which relative paths in the graph start. */
  readonly folder: string;
  /** The graph to run, once the node types are known. */
  prepare(catalogue: NodeCatalogue): GraphDocument;
  /** Ids of the wanted nodes. @default output nodes and graph outputs */
  readonly outputs?: readonly string[];
  /** Where the manifest goes. @default beside the first file that the run writes */
  readonly manifest?: string;
  /** Writes what happens as lines of JSON. @default false */
  readonly isJson?: boolean;
}

/** Shows a run to a person, or to a program. */
interface RunView {
  show(event: RunEvent): void;
  write(event: CommandEvent): void;
  reject(issues: readonly WireError[]): void;
}

function createRunView({ isJson = false, nodePlaces = [] }: GraphRun): RunView {
  const showProgress = isJson ? () => {} : createProgress(stderr);
  const write = (event: CommandEvent): void => {
    if (isJson) stdout.write(eventLine(event));
    else if (event.type === "output") stdout.write(`${event.name}: ${event.text}\n`);
    else if (event.type === "manifest-written") stderr.write(`manifest: ${event.path}\n`);
  };
  return {
    write,
    show(event) {
      showProgress(event);
      write(toCommandEvent(event));
    },
    reject(issues) {
      write({ type: "run-rejected", issues });
      reportIssues(issues, nodePlaces.length > 0);
    },
  };
}

/** The texts among a graph's named outputs. */
function textsOf(graph: GraphDocument, previews: ReadonlyMap<string, Preview>): CommandEvent[] {
  return Object.entries(graph.outputs ?? {}).flatMap(([name, { node, output }]) => {
    const preview = previews.get(`${node} ${output}`);
    return preview?.kind === "text" ? [{ type: "output", name, text: preview.text }] : [];
  });
}

async function runOn(
  host: ExecutionHost,
  { prepare, outputs, manifest, folder }: GraphRun,
  view: RunView,
  signal: AbortSignal,
): Promise<number> {
  const { catalogue } = await host.facts();
  const graph = prepare(catalogue);
  if (manifest !== undefined) await checkManifestPlace(manifest, graph, catalogue, folder);
  const previews = new Map<string, Preview>();
  const onEvent = (event: RunEvent): void => {
    if (event.type === "run-finished") {
      for (const text of textsOf(graph, previews)) view.write(text);
    }
    view.show(event);
    if (event.type !== "node-finished") return;
    for (const [output, preview] of Object.entries(event.previews)) {
      previews.set(`${event.nodeId} ${output}`, preview);
    }
  };
  const run = await host.run({ graph, ...(outputs === undefined ? {} : { outputs }) }, onEvent);
  if (run.issues !== undefined) {
    view.reject(run.issues);
    return exitCodeOf(run.issues[0]?.code ?? "graph.shape");
  }
  view.write({ type: "run-started", nodes: Object.keys(graph.nodes).length });
  if (signal.aborted) run.cancel();
  signal.addEventListener("abort", run.cancel);
  const ending = await run.ended;
  if (ending.type === "run-cancelled") return INTERRUPTED;
  if (ending.type === "run-failed") {
    reportErrors([ending.error]);
    return exitCodeOf(ending.error.code);
  }
  return DONE;
}

/** Runs a graph in an execution process of its own; shows progress; Ctrl-C cancels. */
export async function runGraphFile(run: GraphRun): Promise<number> {
  const view = createRunView(run);
  const host = startExecution({
    ...run,
    onManifest: (file) => view.write({ type: "manifest-written", path: file }),
  });
  try {
    return await untilInterrupt("ending the run", (signal) => runOn(host, run, view, signal));
  } finally {
    await host.close();
  }
}
