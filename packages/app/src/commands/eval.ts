import { stderr, stdout } from "node:process";
import type { GraphDocument, Json } from "@insightgraph/engine/graph";
import type { Device } from "@insightgraph/engine/node";
import type { RunEvent } from "@insightgraph/engine/protocol";
import { benchmarkOptions, benchmarkRun, benchmarkUsage } from "../benchmark/benchmark-options.ts";
import { runBenchmark } from "../benchmark/run-benchmark.ts";
import { deviceOf, deviceOptions, deviceUsage } from "../device-options.ts";
import { editOptions, editUsage, placedModel, withOptions, withoutAdapter } from "../edit-graph.ts";
import { editedNode, loadEvaluation, settingsIn } from "../evaluation-graph.ts";
import { exitCodes } from "../exit-codes.ts";
import { withOutput } from "../output-writers.ts";
import { parseArguments, parsePair } from "../parse-arguments.ts";
import { fromCaller, graphsDir } from "../places.ts";
import { type RunOutcome, runInChild } from "../run-in-child.ts";
import { withInput } from "../set-param.ts";

/** What `insightgraph eval --help` prints. */
export const usage = `usage: insightgraph eval [options]
       insightgraph eval --benchmark NAME --folder DIR --out DIR [options]

Runs graphs/evaluate.json: edits the 300 held-out scenes and prints how many edits came out right, by operation and kind.
An edit is right when its squared error to the true target inside the true mask is under 30 % of the source's; what an
addition brings may stand anywhere in the place that its instruction names, up to 13 pixels from the truth's.
Ctrl-C scores the edits that are done. Results are kept: edits that were made before are not made again.

  --checkpoint NAME     which checkpoint (insightedit-mini)
  --graph FILE          evaluate another graph with the inputs image, instruction and seed and the output edit
  --count N             only the first N scenes
${editUsage(24)}
  --gallery FILE        draw the first twelve edits there: source, result, true target
  --overwrite           replace FILE even if no earlier evaluation wrote it
${deviceUsage(24)}
  --no-cache            make every result anew, and keep none on disk
  --json                settings and table as JSON

${benchmarkUsage}`;

const options = { ...editOptions, count: "count", checkpoint: "checkpoint" };

interface Evaluation {
  readonly graph: GraphDocument;
  /** Of `--NAME VALUE`, by name. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly sets: readonly string[];
  readonly gallery: string | undefined;
  /** Whether the gallery may replace a file that no earlier evaluation wrote. */
  readonly isOverwriting: boolean;
  readonly hasAdapter: boolean;
  readonly device: Device;
  readonly isWithoutCache: boolean;
}

/** An evaluation that has run, whole or not. */
interface Evaluated extends RunOutcome {
  readonly settings: Readonly<Record<string, Json>>;
  /** Edits that were asked for. */
  readonly count: number;
  /** How many from the first on were made before the run ended. */
  readonly done: number;
  readonly seconds: number;
}

async function evaluate(evaluation: Evaluation, count?: number): Promise<Evaluated> {
  const { graph, values, sets, gallery, isOverwriting, hasAdapter, device, isWithoutCache } =
    evaluation;
  const node = editedNode(graph);
  let settings: Readonly<Record<string, Json>> = {};
  let [done, firstFailed] = [0, Number.POSITIVE_INFINITY];
  const startedAt = performance.now();
  const outcome = await runInChild({
    folder: graphsDir,
    device,
    isWithoutCache,
    printsTexts: false,
    notice: "scoring what is done",
    prepare(catalogue) {
      let edited = withOptions(graph, catalogue, options, values);
      for (const pair of sets) {
        edited = withInput(edited, catalogue, parsePair("--set", pair), `--set ${pair}`);
      }
      if (count !== undefined) edited = withInput(edited, catalogue, ["count", String(count)]);
      if (!hasAdapter) edited = withoutAdapter(edited);
      settings = { ...settingsIn(edited, catalogue), hasAdapter };
      if (gallery === undefined) return { graph: edited, outputs: ["score"] };
      return { graph: withOutput(edited, catalogue, `gallery=${gallery}`, isOverwriting) };
    },
    onEvent(event: RunEvent) {
      if (event.type === "node-progressed" && event.nodeId === node) done = event.done;
      if (event.type === "node-failed" && event.item !== undefined)
        firstFailed = Math.min(firstFailed, event.item);
    },
  });
  return {
    ...outcome,
    settings,
    count: Number(settings["count"]),
    done: Math.min(done, firstFailed),
    seconds: (performance.now() - startedAt) / 1000,
  };
}

function print(
  { texts, settings, count, seconds }: Evaluated,
  missing: number,
  isJson: boolean,
): void {
  const secondsPerEdit = seconds / count;
  if (isJson) {
    const table: unknown = JSON.parse(texts["table"] ?? "{}");
    const report = { ...settings, missing, secondsPerEdit, ...(table as object) };
    stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else stdout.write(`${texts["scores"]}\n${secondsPerEdit.toFixed(2)} s per edit\n`);
}

/** Runs `insightgraph eval`. @returns the exit code. Throws: command.usage and what the run throws. */
export async function run(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  const { values } = parseArguments(args, {
    "no-iaa": { type: "boolean", default: false },
    "no-cache": { type: "boolean", default: false },
    overwrite: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    set: { type: "string", multiple: true, default: [] },
    ...deviceOptions,
    checkpoint: text,
    graph: text,
    gallery: text,
    count: text,
    steps: text,
    "text-guidance": text,
    "image-guidance": text,
    "noise-scale": text,
    "image-scale": text,
    ...benchmarkOptions,
  });
  const { checkpoint, gallery, benchmark } = values;
  if (benchmark !== undefined) {
    return runBenchmark(benchmarkRun(benchmark, values, deviceOf(values)));
  }
  const evaluation: Evaluation = {
    graph: await loadEvaluation("evaluate.json", values.graph && fromCaller(values.graph)),
    values: { ...values, checkpoint: checkpoint && placedModel(checkpoint) },
    sets: values.set,
    gallery: gallery && fromCaller(gallery),
    isOverwriting: values.overwrite,
    hasAdapter: !values["no-iaa"],
    device: deviceOf(values),
    isWithoutCache: values["no-cache"],
  };
  const whole = await evaluate(evaluation);
  if (whole.code === exitCodes.done) {
    print(whole, 0, values.json);
    return exitCodes.done;
  }
  const { count, done } = whole;
  // Kept results make this a matter of reading them.
  const part = done === 0 ? undefined : await evaluate(evaluation, done);
  const scored = part?.code === exitCodes.done ? done : 0;
  if (part !== undefined && scored > 0) print(part, count - scored, values.json);
  stderr.write(`${scored} of ${count} edits were scored; ${count - scored} are missing.\n`);
  return whole.code;
}
