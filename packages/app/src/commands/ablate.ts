import path from "node:path";
import { stderr, stdout } from "node:process";
import { type ItemReport, openSqliteBatchStore } from "@insightgraph/engine/batches";
import { toSentence } from "@insightgraph/engine/errors";
import type { GraphDocument } from "@insightgraph/engine/graph";
import type { ExecutionHost, HostFacts } from "@insightgraph/engine/host";
import type { Device } from "@insightgraph/engine/node";
import type { AblationItem } from "../ablation/ablation-item.ts";
import { type AblationReport, reportOf, toReportFile } from "../ablation/ablation-report.ts";
import type { Cell } from "../ablation/cell.ts";
import { heldOutSource, type ItemSource, openItems } from "../ablation/open-items.ts";
import { parseVariants, type Variant } from "../ablation/parse-variant.ts";
import { planAblation, planVariants, requireConfirmed } from "../ablation/plan-cells.ts";
import { toMarkdown } from "../ablation/print-ablation.ts";
import { type Scoring, scoreCells } from "../ablation/score-cells.ts";
import { requireFree, stateFile, writeReport } from "../ablation/write-report.ts";
import { codeDigest } from "../code-digest.ts";
import { parseCount, parseInputs } from "../dataset/dataset-options.ts";
import { workOptions } from "../dataset/tasks/open-work-places.ts";
import type { Workers } from "../dataset/tasks/run-tasks.ts";
import { withWorkers } from "../dataset/tasks/with-workers.ts";
import { deviceOf, deviceOptions, deviceUsage } from "../device-options.ts";
import { startExecution } from "../execution.ts";
import { exitCodes } from "../exit-codes.ts";
import { inFolder } from "../in-folder.ts";
import { loadGraph } from "../load-graph.ts";
import { fileNameOf } from "../output-writers.ts";
import { parseArguments, usageError } from "../parse-arguments.ts";
import { ablationsDir, fromCaller, graphsDir } from "../places.ts";
import { reportIssues } from "../report.ts";
import { untilInterrupt } from "../until-interrupt.ts";

/** What `--help` prints. */
export const usage = `usage: insightgraph ablate GRAPH [options]
       insightgraph ablate --variant "NAME: INPUT=VALUE, …" --variant … [options]

Scores every variant of a graph on the same items and prints a table with 95 % intervals and paired tests against the
baseline. The graph's "ablation" lists its variants (docs/graph-format.md); its named outputs that are numbers are the
metrics, those that are pictures are kept. Results are kept item by item: what variants share is made once, and after an
interruption the same command goes on where it stopped.

  --variant TEXT        in place of the graph's own: a name, then named inputs of the graph, "no-iaa: imageScale=0", or
                        NODE.PARAM=VALUE; graph=FILE takes another graph that edits, with the inputs image, instruction
                        and seed and the output edit. Without GRAPH, of graphs/ablate.json
  --source PLACE        a data set, as insightgraph dataset takes it, whose fields the graph's named inputs take; without it
                        the held-out scenes, whose number goes into the input "scene"
  --input INPUT=FIELD   which input takes which field, where the names differ; may be repeated
  --count N             how many items (100)
  --out DIR             results, pictures and tables: items.csv, items.parquet, table.csv, .md, .tex and .json, and
                        index.html, which opens anywhere (.insightgraph/ablations/NAME)
  --overwrite           replace such files of other origin
  --retry               run what failed again
  --yes                 begin more than 10,000 runs
${deviceUsage(24)}
  --no-cache            make every result anew, and keep none on disk
  --connect URL         let workers compute (insightgraph worker), through a PostgreSQL database (or INSIGHTGRAPH_DATABASE)
  --store PLACE         where pictures are shared with them: a folder, or s3://BUCKET/PREFIX (or INSIGHTGRAPH_STORE)
  --task-size N         items that a worker takes together, each with all its cells (4)
  --priority N          workers take runs of a higher one first (0)
  --json                the report as JSON
`;

/** What a caller asked for. */
interface Ablation {
  readonly graph: GraphDocument;
  /** Where the graph's relative paths start. */
  readonly folder: string;
  /** In place of the graph's own. */
  readonly variants: readonly Variant[] | undefined;
  readonly source: ItemSource;
  readonly device: Device;
  readonly isConfirmed: boolean;
  readonly retriesFailed: boolean;
  readonly isJson: boolean;
  readonly out: string;
}

/** Runs a task with the workers that were asked for. @param cells How many runs an item is */
type WithWorkers = <T>(
  cells: number,
  signal: AbortSignal,
  task: (signal: AbortSignal, workers?: Workers) => Promise<T>,
) => Promise<T>;

async function plan(
  ablation: Ablation,
  items: number,
  { catalogue }: HostFacts,
): Promise<readonly Cell[]> {
  const { graph, variants, isConfirmed } = ablation;
  if (variants !== undefined) requireConfirmed(variants.length, items, isConfirmed);
  const planned =
    variants === undefined
      ? planAblation(graph, catalogue, { items, isConfirmed })
      : await planVariants(graph, catalogue, variants);
  if (planned.issues === undefined) return planned.cells;
  reportIssues(planned.issues, false);
  return [];
}

/** Says on standard error what fails, and each item that every cell has been asked about. */
function createShow(cells: readonly Cell[], items: number): (report: ItemReport) => void {
  let [settled, shown] = [0, 0];
  return (report) => {
    if (report.type === "item-started") return;
    if (report.type === "item-failed") stderr.write(`${report.key}: ${toSentence(report.error)}\n`);
    settled += report.type === "items-settled" ? report.count : 1;
    const done = Math.floor(settled / cells.length);
    if (done > shown) stderr.write(`${done} of ${items} items\n`);
    shown = done;
  };
}

async function score(
  ablation: Ablation,
  items: readonly AblationItem[],
  { cells, host, store, signal }: Pick<Scoring, "cells" | "host" | "store" | "signal">,
  workers: WithWorkers,
): Promise<AblationReport> {
  const { device, folder: origin, graph, out, retriesFailed, source } = ablation;
  const report = createShow(cells, items.length);
  const scoring = { cells, items, host, device, store, origin, folder: out, retriesFailed };
  const title = graph.name ?? "Ablation";
  const { metrics, rows } = await workers(cells.length, signal, (stop, others) =>
    scoreCells({
      ...{ ...scoring, report, signal: stop },
      ...(others && { workers: { workers: others, title, from: origin } }),
    }),
  );
  const manifest = {
    ...{ cells, folder: origin, ...source, count: items.length },
    ...{ code: await codeDigest(), device: `${device.provider} ${device.precision}` },
  };
  const variants = cells.map(({ name }) => name);
  return reportOf({ title, variants, metrics, items: rows, manifest });
}

function codeOf({ items }: AblationReport, signal: AbortSignal): number {
  if (signal.aborted) return exitCodes.interrupted;
  const isWhole = items.every(({ outcomes }) =>
    outcomes.every(({ failure }) => failure === undefined),
  );
  return isWhole ? exitCodes.done : exitCodes.failed;
}

async function ablate(
  ablation: Ablation,
  host: ExecutionHost,
  signal: AbortSignal,
  workers: WithWorkers,
): Promise<number> {
  const { graph, source, out, isJson } = ablation;
  return inFolder(out, async () => {
    const items = await openItems(graph, source, out);
    const cells = await plan(ablation, items.length, await host.facts());
    if (cells.length === 0) return exitCodes.invalid;
    const store = await openSqliteBatchStore(path.join(out, stateFile));
    try {
      const report = await score(ablation, items, { cells, host, store, signal }, workers);
      await writeReport(report, out);
      const table = isJson ? toReportFile : toMarkdown;
      stdout.write(table(report));
      stderr.write(`${path.join(out, "index.html")}\n`);
      return codeOf(report, signal);
    } finally {
      await store.close();
    }
  });
}

/** Runs `insightgraph ablate`. @returns the exit code. Throws: command.usage, and what reading graphs and keeping results throws. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, {
    variant: { type: "string", multiple: true, default: [] },
    source: { type: "string", default: heldOutSource },
    input: { type: "string", multiple: true, default: [] },
    count: { type: "string", default: "100" },
    out: { type: "string" },
    overwrite: { type: "boolean", default: false },
    retry: { type: "boolean", default: false },
    yes: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    "no-cache": { type: "boolean", default: false },
    ...workOptions,
    "task-size": { type: "string", default: "4" },
    priority: { type: "string", default: "0" },
    ...deviceOptions,
  });
  const [file, surplus] = positionals;
  if (surplus !== undefined) {
    throw usageError(`"${surplus}" is one argument too many`, "Quote each variant as a whole.");
  }
  const isOwn = file !== undefined && values.variant.length === 0;
  const variants = isOwn ? undefined : parseVariants(values.variant);
  const place = file === undefined ? path.join(graphsDir, "ablate.json") : fromCaller(file);
  const graph = await loadGraph(place);
  const out = values.out ?? path.join(ablationsDir, fileNameOf(path.parse(place).name));
  const device = deviceOf(values);
  const ablation: Ablation = {
    ...{ graph, folder: path.dirname(place), variants, device },
    source: {
      source: values.source === heldOutSource ? heldOutSource : fromCaller(values.source),
      count: parseCount("count", values.count),
      inputs: parseInputs(values.input),
    },
    isConfirmed: values.yes,
    retriesFailed: values.retry,
    isJson: values.json,
    out: fromCaller(out),
  };
  if (!values.overwrite) requireFree(ablation.out);
  const host = startExecution({
    ...{ folder: ablation.folder, device, isWithoutCache: values["no-cache"] },
    isRecorded: false,
  });
  try {
    const workers: WithWorkers = (cells, signal, task) =>
      withWorkers({ ...values, nodes: [] }, cells, signal, task);
    return await untilInterrupt("keeping what is done", (signal) =>
      ablate(ablation, host, signal, workers),
    );
  } finally {
    await host.close();
  }
}
