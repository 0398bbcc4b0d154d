// (d) Where a step's time goes, by operator, from ONNX Runtime's profiler. Arguments: folder, network, device,
// precision, file for the profile. Kernels are launched without waiting: set CUDA_LAUNCH_BLOCKING=1, or their times
// are those of their launches.
import { readdirSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";
import { openSession } from "../../../../packages/engine/src/runtime.ts";
import type { Provider } from "../../../../packages/models/src/index.ts";
import { type MeasuredName, readMeasured } from "./measured-network.ts";
import { printRow } from "./row.ts";

interface ProfileEvent {
  readonly cat: string;
  readonly dur: number;
  readonly name: string;
  readonly args?: { readonly op_name?: string; readonly provider?: string };
}

/** Milliseconds of a step by operator and provider, the most first; each node's first run chooses algorithms and is left out. */
function byOperator(events: readonly ProfileEvent[], steps: number): readonly [string, number][] {
  const [seen, sums] = [new Set<string>(), new Map<string, number>()];
  for (const { cat, dur, name, args } of events) {
    if (cat !== "Node" || !name.endsWith("_kernel_time")) continue;
    if (!seen.has(name)) {
      seen.add(name);
      continue;
    }
    const key = `${args?.op_name} on ${args?.provider?.replace("ExecutionProvider", "")}`;
    sums.set(key, (sums.get(key) ?? 0) + dur / 1000 / (steps - 1));
  }
  return [...sums].sort(([, a], [, b]) => b - a);
}

const [folder = "", name = "unet", provider = "cpu", precision = "float32", to = ""] =
  process.argv.slice(2);
const { source, feeds } = readMeasured(folder, name as MeasuredName);
const target = { provider: provider as Provider, precision: precision as "float32" | "float16" };
const session = await openSession(source.onnx(target), {
  provider: target.provider,
  externalFolder: source.externalFolder,
  profilePrefix: to,
});
const steps = 3;
for (let step = 0; step < steps; step++) await session.run(feeds);
await session.close();

const written = readdirSync(path.dirname(to)).find((entry) => entry.startsWith(path.basename(to)));
renameSync(path.join(path.dirname(to), written ?? ""), to);
const events = JSON.parse(readFileSync(to, "utf8")) as readonly ProfileEvent[];
for (const [key, ms] of byOperator(events, steps).slice(0, 8)) {
  printRow({ name: `${name}, ${precision}, profiled: ${key}`, value: ms, unit: "ms" });
}
