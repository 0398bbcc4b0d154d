import { unfitArgument } from "../errors.ts";
import { advancedEdit } from "./advanced-edit.ts";
import type { Benchmark } from "./benchmark.ts";
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
