import { mkdir } from "node:fs/promises";
import path from "node:path";
import { stdout } from "node:process";
import {
  type BenchmarkItem,
  benchmarkNamed,
  openBenchmark,
} from "@insightgraph/editing/benchmarks";
import { EditingError } from "@insightgraph/editing/errors";
import { writeWhole } from "@insightgraph/editing/files";
import type { Device } from "@insightgraph/engine/node";
import { startExecution } from "../execution.ts";
import { exitCodes } from "../exit-codes.ts";
import { usageError } from "../parse-arguments.ts";
import { runInChild } from "../run-in-child.ts";
import { untilInterrupt } from "../until-interrupt.ts";
import { editItems } from "./edit-items.ts";
import { type ScoringChoice, scoringGraph } from "./scoring-graph.ts";

/** A benchmark to run over a graph. */
export interface BenchmarkRun extends ScoringChoice {
  readonly benchmark: string;
  /** Folder of the benchmark, absolute. */
  readonly folder: string;
  /** Folder of the results, absolute. */
  readonly results: string;
  readonly language: string;
  readonly graph: string | undefined;
  readonly sets: readonly string[];
  /** Only so many items. @default all */
  readonly count: number | undefined;
  readonly device: Device;
  readonly isWithoutCache: boolean;
  readonly isJson: boolean;
}

/** The items to edit, earlier turns first. Throws: command.usage where the benchmark cannot be opened. */
async function itemsOf({ benchmark, folder, language, count }: BenchmarkRun) {
  try {
    const { items } = await openBenchmark(benchmarkNamed(benchmark), folder, { language });
    return items.slice(0, count);
  } catch (thrown) {
    if (!(thrown instanceof EditingError)) throw thrown;
    throw usageError(thrown.what, thrown.hint);
  }
}

async function edit(run: BenchmarkRun, items: readonly BenchmarkItem[]): Promise<number> {
  const { results, device, isWithoutCache } = run;
  const host = startExecution({ folder: results, device, isWithoutCache });
  try {
    return await untilInterrupt("results stay, and the same command goes on", async (signal) => {
      const failed = await editItems(host, { ...run, items }, signal);
      if (!signal.aborted) return failed === 0 ? exitCodes.done : exitCodes.failed;
      return exitCodes.interrupted;
    });
  } finally {
    await host.close();
  }
}

async function score(run: BenchmarkRun): Promise<number> {
  const { results, device, isWithoutCache, isJson } = run;
  const { code, texts } = await runInChild({
    folder: results,
    device,
    isWithoutCache,
    isRecorded: false,
    printsTexts: false,
    prepare: () => ({ graph: scoringGraph(run) }),
  });
  const { table = "", report = "" } = texts;
  if (code !== exitCodes.done) return code;
  await writeWhole(path.join(results, "table.md"), table);
  await writeWhole(path.join(results, "report.json"), `${report}\n`);
  stdout.write(isJson ? `${report}\n` : table);
  return code;
}

/**
 * Edits what has no result yet, then scores the whole folder.
 * @returns the exit code: that of the scoring, or else whether an edit failed. Throws: command.usage.
 */
export async function runBenchmark(run: BenchmarkRun): Promise<number> {
  const items = await itemsOf(run);
  await mkdir(run.results, { recursive: true });
  const edited = await edit(run, items);
  if (edited === exitCodes.interrupted) return edited;
  const scored = await score(run);
  return scored === exitCodes.done ? edited : scored;
}
