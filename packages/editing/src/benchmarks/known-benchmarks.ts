import path from "node:path";
import { unfitArgument } from "../errors.ts";
import { advancedEdit } from "./advanced-edit.ts";
import type { Benchmark, BenchmarkItem, BenchmarkOptions, OpenedBenchmark } from "./benchmark.ts";
import { emuEdit } from "./emu-edit.ts";
import { gedit } from "./gedit.ts";
import { imgEditBasic, imgEditUge } from "./imgedit.ts";
import { magicBrush } from "./magic-brush.ts";
import { pieBench } from "./pie-bench.ts";
import { reasonEdit } from "./reason-edit.ts";

const benchmarks: readonly Benchmark[] = [
  ...[advancedEdit, reasonEdit, gedit, imgEditBasic, imgEditUge, magicBrush, emuEdit, pieBench],
];

/** Names of the benchmarks. */
export const benchmarkNames: readonly string[] = benchmarks.map(({ name }) => name);

/** A benchmark by name. Throws: argument.unfit at `benchmark`. */
export function benchmarkNamed(name: string): Benchmark {
  const found = benchmarks.find((one) => one.name === name);
  if (found !== undefined) return found;
  const hint = `The benchmarks are ${benchmarkNames.join(", ")}.`;
  throw unfitArgument("benchmark", `there is no benchmark "${name}".`, hint);
}

/** Whether a place lies below the folder that it is relative to. */
function isBelow(place: string): boolean {
  const normal = path.posix.normalize(place.replaceAll("\\", "/"));
  return !path.posix.isAbsolute(normal) && normal !== ".." && !normal.startsWith("../");
}

/** Why an item cannot be run; undefined where it can. */
function faultOf({ key, instruction, output, sourceCopy = output }: BenchmarkItem) {
  if (instruction === "") return `${key}: it has no instruction.`;
  if (isBelow(output) && isBelow(sourceCopy)) return undefined;
  return `${key}: its result would lie outside the folder of results.`;
}

/**
 * Opens a benchmark's folder. Items that ask for nothing, or whose result would leave the folder of results, are named
 * and left out.
 * Throws: `dataset.unreadable` where the folder is not that benchmark.
 */
export async function openBenchmark(
  benchmark: Benchmark,
  folder: string,
  options: BenchmarkOptions,
): Promise<OpenedBenchmark> {
  const { items, missing } = await benchmark.open(folder, options);
  const faults = items.map(faultOf);
  return {
    items: items.filter((_, at) => faults[at] === undefined),
    missing: [...missing, ...faults.filter((fault) => fault !== undefined)],
  };
}
