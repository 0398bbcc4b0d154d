// (d, e) Times steps of one network of the written checkpoint. Arguments: folder, network, device, precision, repeats.
// Leaves the output as raw float32 numbers and the time as JSON beside the checkpoint.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { openSession } from "../../../../packages/engine/src/runtime.ts";
import type { Provider } from "../../../../packages/models/src/index.ts";
import { type MeasuredName, readMeasured } from "./measured-network.ts";
import { printRow } from "./row.ts";

const [folder = "", name = "unet", provider = "cpu", precision = "float32", repeats = "3"] =
  process.argv.slice(2);
const target = { provider: provider as Provider, precision: precision as "float32" | "float16" };
const title = `${name}, ${precision}`;

const { source, feeds, flops } = readMeasured(folder, name as MeasuredName);
const began = performance.now();
const session = await openSession(source.onnx(target), {
  provider: target.provider,
  externalFolder: source.externalFolder,
});
const opened = performance.now();
printRow({ name: `${title}: open`, value: (opened - began) / 1000, unit: "s" });
// The first step chooses algorithms for each shape.
let found = await session.run(feeds);
printRow({ name: `${title}: first step`, value: performance.now() - opened, unit: "ms" });
const times: number[] = [];
for (let round = 0; round < Number(repeats); round++) {
  const start = performance.now();
  found = await session.run(feeds);
  times.push(performance.now() - start);
}
const ms = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
printRow({ name: `${title}: step`, value: ms, unit: "ms" });
printRow({ name: `${title}: work`, value: flops / 1e9, unit: "GFLOP" });
printRow({ name: `${title}: speed`, value: flops / ms / 1e9, unit: "TFLOP/s" });
const [output = ""] = session.outputs;
writeFileSync(path.join(folder, `${name}-${precision}.f32`), found[output]?.data as Float32Array);
writeFileSync(path.join(folder, `${name}-${precision}.json`), JSON.stringify({ ms }));
await session.close();
