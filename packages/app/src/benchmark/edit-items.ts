import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stderr } from "node:process";
import { type BenchmarkItem, hasResult, placeItem } from "@insightgraph/editing/benchmarks";
import { EditingError } from "@insightgraph/editing/errors";
import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import type { ExecutionHost, RunRequest } from "@insightgraph/engine/host";
import type { RunEnding } from "@insightgraph/engine/protocol";
import { requireNames, shippedGraphFor } from "../edit-graph.ts";
import { loadGraph } from "../load-graph.ts";
import { withOutput } from "../output-writers.ts";
import { parsePair } from "../parse-arguments.ts";
import { withInput } from "../set-param.ts";

/** How the items of a benchmark are edited. */
export interface ItemEdits {
  readonly items: readonly BenchmarkItem[];
  /** Folder of the results. */
  readonly results: string;
  /** The graph that edits. @default the shipped one that fits each picture */
  readonly graph: string | undefined;
  /** `NAME=VALUE` for named inputs of the graph. */
  readonly sets: readonly string[];
}

const names = { inputs: ["picture", "instruction"], outputs: ["picture"] };

/** The run that edits one picture and writes the result. */
function requestFor(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  { instruction }: BenchmarkItem,
  { source, target }: { readonly source: string; readonly target: string },
  sets: readonly string[],
): RunRequest {
  let edited = withInput(graph, catalogue, ["picture", source]);
  edited = withInput(edited, catalogue, ["instruction", instruction]);
  for (const pair of sets) {
    edited = withInput(edited, catalogue, parsePair("--set", pair), `--set ${pair}`);
  }
  const written = withOutput(edited, catalogue, `picture=${target}`, true);
  const added = Object.keys(written.nodes).filter((id) => !Object.hasOwn(graph.nodes, id));
  return { graph: written, outputs: added };
}

/** Why a run gave no picture; undefined where it did. */
function faultOf(ending: RunEnding): string | undefined {
  if (ending.type === "run-finished") return undefined;
  return ending.type === "run-failed" ? ending.error.what : "it was cancelled.";
}

async function editItem(
  host: ExecutionHost,
  item: BenchmarkItem,
  { results, graph: chosen, sets }: ItemEdits,
  scratch: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const placed = await placeItem(item, results, scratch);
  const file = chosen ?? (await shippedGraphFor(placed.source)).file;
  const graph = await loadGraph(file);
  requireNames(graph, file, names);
  const { catalogue } = await host.facts();
  const run = await host.run(requestFor(graph, catalogue, item, placed, sets), () => {});
  if (run.issues !== undefined) return run.issues[0]?.what;
  signal.addEventListener("abort", run.cancel);
  const ending = await run.ended;
  signal.removeEventListener("abort", run.cancel);
  return faultOf(ending);
}

/**
 * Edits the items that have no result yet, one after the other; one that fails is named, and the others go on.
 * @returns how many failed.
 */
export async function editItems(
  host: ExecutionHost,
  edits: ItemEdits,
  signal: AbortSignal,
): Promise<number> {
  const { items, results } = edits;
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-benchmark-"));
  let failed = 0;
  try {
    for (const [at, item] of items.entries()) {
      if (signal.aborted) break;
      if (await hasResult(item, results)) continue;
      const scratch = path.join(folder, `${at}.png`);
      const fault = await editItem(host, item, edits, scratch, signal).catch((thrown: unknown) => {
        if (thrown instanceof EditingError) return thrown.what;
        throw thrown;
      });
      const state = fault === undefined ? "done" : `failed: ${fault}`;
      if (fault !== undefined) failed++;
      if (!signal.aborted) stderr.write(`${at + 1} of ${items.length}: ${item.key} ${state}\n`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return failed;
}
