import path from "node:path";
import { stderr, stdout } from "node:process";
import { learnSchema, type OpenedDataset, shardFormats } from "@insightgraph/editing/datasets";
import type { ItemReport } from "@insightgraph/engine/batches";
import { fromWireError } from "@insightgraph/engine/errors";
import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import type { ExecutionHost } from "@insightgraph/engine/host";
import {
  datasetPlace,
  mappingText,
  openGiven,
  parseCount,
  parseInputs,
  parseMegabytes,
  parsePart,
} from "../../dataset/dataset-options.ts";
import type { KeptResult } from "../../dataset/item-runs.ts";
import { outputFields } from "../../dataset/output-fields.ts";
import { planBindings } from "../../dataset/plan-bindings.ts";
import type { RunOrigin } from "../../dataset/provenance.ts";
import { type DatasetRun, runDataset } from "../../dataset/run-dataset.ts";
import { createRunProgress } from "../../dataset/run-progress.ts";
import { databaseOf, workOptions } from "../../dataset/tasks/open-work-places.ts";
import type { Workers } from "../../dataset/tasks/run-tasks.ts";
import { withWorkers } from "../../dataset/tasks/with-workers.ts";
import { writeSummary } from "../../dataset/write-summary.ts";
import { deviceOf, deviceOptions } from "../../device-options.ts";
import { digestOfPlaces } from "../../digest-of-places.ts";
import { startExecution } from "../../execution.ts";
import { exitCodes } from "../../exit-codes.ts";
import { loadGraph } from "../../load-graph.ts";
import { withoutSaving } from "../../manifest/graph-files.ts";
import { runtimeOf } from "../../manifest/make-manifest.ts";
import { onlyPositional, parseArguments, usageError } from "../../parse-arguments.ts";
import { parseChoice } from "../../parse-choice.ts";
import { fromCaller } from "../../places.ts";
import { withParam } from "../../set-param.ts";
import { untilInterrupt } from "../../until-interrupt.ts";

const list = { type: "string", multiple: true, default: [] as string[] } as const;
const formats = shardFormats.map(({ name }) => name);
/** What a node made sooner than this is sooner made again than written and read. */
const leastCachedMs = 4;
const defaultShardMegabytes = "500";

function parse(args: readonly string[]) {
  const { values, positionals } = parseArguments(args, {
    source: { type: "string" },
    sink: { type: "string" },
    format: { type: "string" },
    map: { type: "string" },
    input: list,
    set: list,
    limit: { type: "string" },
    resume: { type: "boolean", default: false },
    "retry-failed": { type: "boolean", default: false },
    workers: { type: "string", default: "1" },
    ...workOptions,
    "task-size": { type: "string", default: "256" },
    priority: { type: "string", default: "0" },
    shard: { type: "string" },
    "shard-size": { type: "string", default: defaultShardMegabytes },
    nodes: list,
    json: { type: "boolean", default: false },
    "no-cache": { type: "boolean", default: false },
    ...deviceOptions,
  });
  const { source, sink, ...rest } = values;
  if (source === undefined || sink === undefined) {
    throw usageError("--source or --sink is missing", "Write --source SET --sink DIR.");
  }
  const file = onlyPositional(positionals, "graph file", "dataset run GRAPH --source … --sink …");
  return { ...rest, source, sink: fromCaller(sink), file };
}

type RunOptions = ReturnType<typeof parse>;

/** The graph as it runs for every record: in today's versions, with its params set, writing no files of its own. */
async function prepareGraph(
  { file, set }: RunOptions,
  host: ExecutionHost,
  catalogue: NodeCatalogue,
): Promise<GraphDocument> {
  let graph = await host.migrate(await loadGraph(file));
  for (const pair of set) graph = withParam(graph, catalogue, pair);
  // Inputs have no values yet; the first record shows whether they fit.
  const issues = await host.check({ graph });
  const fault = issues.find(({ code }) => !/\.(missing|absent)-input$/.test(code));
  if (fault !== undefined) throw fromWireError(fault);
  return withoutSaving(graph, catalogue);
}

async function originOf(
  options: RunOptions,
  host: ExecutionHost,
  source: OpenedDataset,
): Promise<Omit<DatasetRun, "hosts" | "signal" | "report">> {
  const facts = await host.facts();
  const { catalogue } = facts;
  const graph = await prepareGraph(options, host, catalogue);
  const names = (await learnSchema(source)).map(({ name }) => name);
  const bindings = planBindings(graph, [...names, "key", "seed"], parseInputs(options.input));
  const nodesDigest = await digestOfPlaces(options.nodes.map(fromCaller));
  const runtime = await runtimeOf(facts, nodesDigest);
  const fields = outputFields(graph, catalogue);
  const origin: RunOrigin = { graph, fields, bindings, runtime };
  const format = parseChoice("format", options.format, formats[0] ?? "", formats);
  return {
    ...{ origin, catalogue, source, sink: options.sink, format },
    place: datasetPlace(options.source),
    from: path.dirname(fromCaller(options.file)),
    shardBytes: parseMegabytes("shard-size", options["shard-size"]),
    isResuming: options.resume || options["retry-failed"],
    retriesFailed: options["retry-failed"],
    ...(options.limit !== undefined && { limit: parseCount("limit", options.limit) }),
    ...(options.shard !== undefined && { part: parsePart(options.shard) }),
  };
}

/** An item's report as a line of JSON: without its records, which the data set holds. */
function reportLine(report: ItemReport): string {
  if (report.type !== "item-done") return `${JSON.stringify(report)}\n`;
  const { rows, rejected } = report.result.result as unknown as KeptResult;
  const { type, key, ms } = report;
  return `${JSON.stringify({ type, key, ms, records: rows.length, rejected })}\n`;
}

/** How many items there are to do, as far as that is known in time; those of a part are nearly equally many. */
async function countOf({
  source,
  limit,
  part,
}: Pick<DatasetRun, "source" | "limit" | "part">): Promise<number | undefined> {
  const all = source.count === undefined ? undefined : await source.count();
  const taken = limit === undefined ? all : Math.min(all ?? limit, limit);
  return taken === undefined || part === undefined ? taken : Math.round(taken / part.count);
}

function planText({ origin, source }: Pick<DatasetRun, "origin" | "source">): string {
  const inputs = origin.bindings.map(({ input, field }) => `${input}=${field}`);
  const fields = origin.fields.map(({ name, output }) => `${name}=${output}`);
  return `${mappingText(source)}inputs: ${inputs.join(", ")}\nfields: ${fields.join(", ")}\n`;
}

async function runOn(
  hosts: readonly ExecutionHost[],
  options: RunOptions,
  signal: AbortSignal,
  workers?: Workers,
): Promise<number> {
  const [first] = hosts;
  if (first === undefined) throw new RangeError("no process runs the graph");
  const source = await openGiven(options.source, options.map);
  const plan = await originOf(options, first, source);
  if (!options.json) stderr.write(planText(plan));
  const progress = createRunProgress(stderr, countOf(plan), Date.now);
  const report = (event: ItemReport): void => {
    if (options.json) {
      progress.count(event);
      stdout.write(reportLine(event));
    } else progress.show(event);
  };
  const missing = await runDataset(
    { ...plan, hosts, signal, report, ...(workers && { workers }) },
    async (outcome) => {
      const { store, isComplete } = outcome;
      if (!options.json) progress.end();
      const { records, items } = await writeSummary(options.sink, store, isComplete);
      const told = { type: "dataset-written", path: options.sink, records, items, isComplete };
      if (options.json) stdout.write(`${JSON.stringify(told)}\n`);
      else stdout.write(`${records} records in ${options.sink}; see summary.html there\n`);
    },
  );
  if (missing.length > 0 && !signal.aborted) {
    const told = { type: "part-done", path: options.sink, missing };
    if (options.json) stdout.write(`${JSON.stringify(told)}\n`);
    else {
      progress.end();
      stdout.write(`this part is done; the data set is written after part ${missing.join(", ")}\n`);
    }
  }
  if (signal.aborted) return exitCodes.interrupted;
  return progress.tally.failed > 0 ? exitCodes.failed : exitCodes.done;
}

/** Runs `insightgraph dataset run`. @returns the exit code. Throws: command.usage, and what `runDataset` throws. */
export async function run(args: readonly string[]): Promise<number> {
  const options = parse(args);
  const workers = parseCount("workers", options.workers);
  const start = (): ExecutionHost =>
    startExecution({
      folder: path.dirname(fromCaller(options.file)),
      isRecorded: false,
      isWithoutCache: options["no-cache"],
      leastCachedMs,
      device: deviceOf(options),
      nodePlaces: options.nodes.map(fromCaller),
    });
  const hosts = Array.from({ length: workers }, start);
  try {
    const notice = "finishing what is written; go on with --resume";
    if (databaseOf(options.connect) !== undefined && options.shard !== undefined) {
      throw usageError("--shard and --connect do not go together", "Leave one of them out.");
    }
    return await untilInterrupt(notice, (interrupted) =>
      withWorkers(options, 1, interrupted, (signal, others) =>
        runOn(hosts, options, signal, others),
      ),
    );
  } finally {
    await Promise.all(hosts.map((host) => host.close()));
  }
}
