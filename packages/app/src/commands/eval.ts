import path from "node:path";
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
import { parseChoice } from "../parse-choice.ts";
import { fromCaller, graphsDir } from "../places.ts";
import { type RunOutcome, runInChild } from "../run-in-child.ts";
import { withInput } from "../set-param.ts";

/** What `insightgraph eval --help` prints. */
export const usage = `usage: insightgraph eval [options]
       insightgraph eval --benchmark NAME --folder DIR --out DIR [options]

Runs graphs/evaluate.json and graphs/evaluate-foreign.json: edits the 300 held-out scenes, then 200 that another program
drew, and prints for each set how many edits came out right and how near they came, by operation and kind.
An edit is right when its squared error to the true target inside the true mask is under 30 % of the source's; what an
addition brings may stand anywhere in the place that its instruction names, up to 13 pixels from the truth's.
Ctrl-C scores the edits that are done. Results are kept: edits that were made before are not made again.

  --checkpoint NAME     which checkpoint (insightedit-mini)
  --graph FILE          evaluate another graph with the inputs image, instruction and seed and the output edit
  --scenes NAME         held-out or foreign: only these
  --count N             only the first N scenes of each set
${editUsage(24)}
  --gallery FILE        draw the first twelve edits there: source, result, true target; those of foreign scenes go to
                        a file beside it, named "-foreign"
  --overwrite           replace FILE even if no earlier evaluation wrote it
${deviceUsage(24)}
  --no-cache            make every result anew, and keep none on disk
  --json                settings and table as JSON; those of foreign scenes under "foreign"

${benchmarkUsage}`;

const options = { ...editOptions, count: "count", checkpoint: "checkpoint" };

/** The sets of scenes, each with its graph and its size. */
const sceneSets = {
  "held-out": { file: "evaluate.json", size: 300 },
  foreign: { file: "evaluate-foreign.json", size: 200 },
};
type SceneSet = keyof typeof sceneSets;

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

/** What is known of a set of scenes once its evaluation has ended. */
interface SetReport {
  readonly code: number;
  /** Absent where no edit was done. */
  readonly text?: string;
  readonly json?: object;
}

function reportOf({ texts, settings, count, seconds }: Evaluated, missing: number) {
  const secondsPerEdit = seconds / count;
  const table = JSON.parse(texts["table"] ?? "{}") as object;
  return {
    text: `${texts["scores"]}\n${secondsPerEdit.toFixed(2)} s per edit\n`,
    json: { ...settings, missing, secondsPerEdit, ...table },
  };
}

async function evaluateSet(evaluation: Evaluation): Promise<SetReport> {
  const whole = await evaluate(evaluation);
  const { code, count, done } = whole;
  if (code === exitCodes.done) return { code, ...reportOf(whole, 0) };
  // Kept results make this a matter of reading them.
  const part = done === 0 ? undefined : await evaluate(evaluation, done);
  const scored = part?.code === exitCodes.done ? done : 0;
  stderr.write(`${scored} of ${count} edits were scored; ${count - scored} are missing.\n`);
  return { code, ...(part !== undefined && scored > 0 && reportOf(part, count - scored)) };
}

/** The first set's report, with the others in it by name. */
function printJson([first, ...others]: readonly (readonly [SceneSet, SetReport])[]): void {
  const json = first?.[1].json;
  if (json === undefined) return;
  const rest = Object.fromEntries(others.map(([set, report]) => [set, report.json]));
  stdout.write(`${JSON.stringify({ ...json, ...rest }, null, 2)}\n`);
}

/** `sheet.png` becomes `sheet-foreign.png`. */
function besides(file: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name}-foreign${ext}`);
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
    scenes: text,
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
  const common = {
    values: { ...values, checkpoint: checkpoint && placedModel(checkpoint) },
    sets: values.set,
    isOverwriting: values.overwrite,
    hasAdapter: !values["no-iaa"],
    device: deviceOf(values),
    isWithoutCache: values["no-cache"],
  };
  const evaluationOf = async (set: SceneSet): Promise<Evaluation> => {
    const { file, size } = sceneSets[set];
    const count = Number(values.count);
    const place = gallery && fromCaller(gallery);
    return {
      ...common,
      graph: await loadEvaluation(file, values.graph && fromCaller(values.graph)),
      gallery: place && set === "foreign" && sets.length > 1 ? besides(place) : place,
      // More than a smaller set has is all of it.
      values:
        count > size && count <= most ? { ...common.values, count: `${size}` } : common.values,
    };
  };
  const chosen = parseChoice("scenes", values.scenes, "both", ["both", "held-out", "foreign"]);
  const sets: readonly SceneSet[] = chosen === "both" ? ["held-out", "foreign"] : [chosen];
  const most = Math.max(...sets.map((set) => sceneSets[set].size));
  const reports: [set: SceneSet, report: SetReport][] = [];
  for (const set of sets) {
    const report = await evaluateSet(await evaluationOf(set));
    reports.push([set, report]);
    if (report.text !== undefined && !values.json) {
      stdout.write(sets.length > 1 ? `${set} scenes\n${report.text}\n` : report.text);
    }
    if (report.code !== exitCodes.done) break;
  }
  if (values.json) printJson(reports);
  return reports.at(-1)?.[1].code ?? exitCodes.done;
}
