import { stderr, stdout } from "node:process";
import type { WireError } from "@insightgraph/engine/errors";
import { catalogueFor, type GraphDocument, type NodeCatalogue } from "@insightgraph/engine/graph";
import type { RunRequest } from "@insightgraph/engine/host";
import type { Preview } from "@insightgraph/engine/node";
import type { RunEnding, RunEvent } from "@insightgraph/engine/protocol";
import { type CommandEvent, eventLine, toCommandEvent } from "./command-events.ts";
import { type ExecutionOptions, startExecution } from "./execution.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { checkManifestPlace } from "./manifest/manifest-place.ts";
import { sourceOf } from "./manifest/node-at.ts";
import { createProgress } from "./progress.ts";
import { reportErrors, reportIssues } from "./report.ts";
import { openServerClient } from "./server-client.ts";
import { createServerHost, type RunningHost } from "./server-host.ts";
import { untilInterrupt } from "./until-interrupt.ts";

/** A graph file to run, and how to show the run. */
export interface GraphRun extends ExecutionOptions {
  /** What to run, once the node types are known. */
  prepare(catalogue: NodeCatalogue): RunRequest;
  /** The running server whose job this becomes. @default none: a process of its own */
  readonly server?: string;
  /** Of that job. @default 0 */
  readonly priority?: number;
  /** Writes what happens as lines of JSON. @default false */
  readonly isJson?: boolean;
  /** Prints texts among the graph's named outputs. @default true */
  readonly printsTexts?: boolean;
  /** What is said when Ctrl-C comes. @default "ending the run" */
  readonly notice?: string;
  /** Receives each event of the run. */
  readonly onEvent?: (event: RunEvent) => void;
}

/** What came of a run. */
export interface RunOutcome {
  /** The exit code for it. */
  readonly code: number;
  /** Texts among the graph's named outputs, as far as they were made. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Shows a run to a person, or to a program. */
interface RunView {
  show(event: RunEvent): void;
  write(event: CommandEvent): void;
  reject(issues: readonly WireError[]): void;
}

function outputText({ name, text }: { readonly name: string; readonly text: string }): string {
  return `${name}:${text.includes("\n") ? "\n" : " "}${text}\n`;
}

function createRunView({ isJson = false, nodePlaces = [] }: GraphRun): RunView {
  const showProgress = isJson ? () => {} : createProgress(stderr);
  const write = (event: CommandEvent): void => {
    if (isJson) stdout.write(eventLine(event));
    else if (event.type === "output") stdout.write(outputText(event));
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

/** Texts among a graph's named outputs, from the previews of the nodes that made them. */
function textsOf(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  previews: ReadonlyMap<string, Preview>,
): Record<string, string> {
  const known = catalogueFor(graph, catalogue);
  const texts: Record<string, string> = {};
  for (const [name, link] of Object.entries(graph.outputs ?? {})) {
    const source = sourceOf(graph, known, link);
    const preview = previews.get(`${source?.node} ${source?.output}`);
    if (preview?.kind === "text") texts[name] = preview.text;
  }
  return texts;
}

function codeOf(ending: RunEnding): number {
  if (ending.type === "run-finished") return exitCodes.done;
  if (ending.type === "run-cancelled") return exitCodes.interrupted;
  reportErrors([ending.error]);
  return exitCodeOf(ending.error.code);
}

async function runOn(
  host: RunningHost,
  { prepare, printsTexts = true, onEvent = () => {}, manifest, folder }: GraphRun,
  view: RunView,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const catalogue = await host.catalogue();
  const request = prepare(catalogue);
  const { graph } = request;
  if (manifest !== undefined) await checkManifestPlace(manifest, graph, catalogue, folder);
  const previews = new Map<string, Preview>();
  const receive = (event: RunEvent): void => {
    onEvent(event);
    if (event.type === "run-finished" && printsTexts) {
      const texts = Object.entries(textsOf(graph, catalogue, previews));
      for (const [name, text] of texts) view.write({ type: "output", name, text });
    }
    view.show(event);
    if (event.type !== "node-finished") return;
    for (const [output, preview] of Object.entries(event.previews)) {
      previews.set(`${event.nodeId} ${output}`, preview);
    }
  };
  const run = await host.run(request, receive);
  if (run.issues !== undefined) {
    view.reject(run.issues);
    return { code: exitCodeOf(run.issues[0]?.code ?? "graph.shape"), texts: {} };
  }
  view.write({ type: "run-started", nodes: Object.keys(graph.nodes).length });
  if (signal.aborted) run.cancel();
  signal.addEventListener("abort", run.cancel);
  const code = codeOf(await run.ended);
  return { code, texts: textsOf(graph, catalogue, previews) };
}

/** A server, or an execution process that ends with the run. */
function openHost(run: GraphRun): RunningHost {
  const { server, folder, priority = 0 } = run;
  if (server !== undefined) return createServerHost(openServerClient(server), folder, priority);
  const host = startExecution(run);
  return { ...host, catalogue: async () => (await host.facts()).catalogue };
}

/** Runs a graph in a process of its own, or on a server; shows progress; Ctrl-C cancels. */
export async function runInChild(run: GraphRun): Promise<RunOutcome> {
  const view = createRunView(run);
  const host = openHost(run);
  try {
    const { notice = "ending the run" } = run;
    return await untilInterrupt(notice, (signal) => runOn(host, run, view, signal));
  } finally {
    await host.close();
  }
}
