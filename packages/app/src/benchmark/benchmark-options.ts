import { benchmarkNames } from "@insightgraph/editing/benchmarks";
import type { Device } from "@insightgraph/engine/node";
import { usageError } from "../parse-arguments.ts";
import { fromCaller } from "../places.ts";
import type { BenchmarkRun } from "./run-benchmark.ts";

/** What `eval --help` says of benchmarks. */
export const benchmarkUsage = `With --benchmark, a graph with the inputs picture and instruction and the output picture edits what a published set
asks for; results, the benchmark's own files, table.md and report.json go to --out. Results that are there are kept, so
the same command goes on where it stopped. Items that fail or lack a file are named, and n says so (docs/benchmarks.md).

  --benchmark NAME      ${benchmarkNames.slice(0, 4).join(", ")},
                        ${benchmarkNames.slice(4).join(", ")}
  --folder DIR          the benchmark as published
  --out DIR             where results go
  --count N             only the first N items
  --language NAME       of the instructions, for gedit: en or cn (en)
  --editor NAME         the editor's name in tables (insightgraph)
  --judge MODEL         a model behind an OpenAI-compatible chat API that judges
  --judge-address URL   its address (http://127.0.0.1:8000/v1)
  --judge-key NAME      the environment variable with its key
  --clip, --lpips, --dino, --dinov2 NAME
                        added checkpoints that score (docs/metrics.md)
`;

const text = { type: "string" } as const;

/** Options of `eval` that only a benchmark has. */
export const benchmarkOptions = {
  ...{ benchmark: text, folder: text, out: text, editor: text, language: text },
  ...{ judge: text, "judge-address": text, "judge-key": text },
  ...{ clip: text, lpips: text, dino: text, dinov2: text },
};

/** Options that are params of the node that scores. */
const scoringOptions = ["editor", "language", "clip", "lpips", "dino", "dinov2"] as const;

/** Throws: command.usage. */
function countOf(given: string | undefined): number | undefined {
  const count = given === undefined ? undefined : Number(given);
  if (count === undefined || (Number.isSafeInteger(count) && count > 0)) return count;
  throw usageError(`--count ${given} is no number of items`, "Write a whole number from 1 on.");
}

/** What the options ask for. */
type Values = Readonly<
  Partial<Record<Exclude<keyof typeof benchmarkOptions, "benchmark"> | "graph" | "count", string>>
> & {
  readonly set: readonly string[];
  readonly "no-cache": boolean;
  readonly json: boolean;
};

/** The benchmark that the options of `eval` ask for. Throws: command.usage. */
export function benchmarkRun(benchmark: string, values: Values, device: Device): BenchmarkRun {
  const { folder: given, out, graph, count, judge: model } = values;
  if (given === undefined || out === undefined) {
    const hint = "Name the benchmark's folder, and one for results.";
    throw usageError("--benchmark needs --folder and --out", hint);
  }
  const [folder, results] = [fromCaller(given), fromCaller(out)];
  const params: Record<string, string> = { benchmark, folder, results };
  for (const name of scoringOptions) {
    const value = values[name];
    if (value !== undefined) params[name] = value;
  }
  const address = values["judge-address"] ?? "http://127.0.0.1:8000/v1";
  const keyVariable = values["judge-key"] ?? "";
  return {
    ...{ benchmark, folder, results, params, device },
    language: values.language ?? "en",
    graph: graph && fromCaller(graph),
    count: countOf(count),
    sets: values.set,
    isWithoutCache: values["no-cache"],
    isJson: values.json,
    judge: model === undefined ? undefined : { address, model, keyVariable },
  };
}
