// Prints the least processor time that each metric takes for two pictures of 512 x 512, and a bootstrap of 10,000 over 8 columns of 300 scores.
// Beside it: `python test/bench/metrics.py` for scikit-image and torchmetrics on the same machine.
import { openPart } from "../../packages/editing/src/architectures.ts";
import { bootstrapMean } from "../../packages/editing/src/metrics/bootstrap-mean.ts";
import { l1, l2, msSsim, psnr, ssim } from "../../packages/editing/src/metrics.ts";
import type { Picture } from "../../packages/editing/src/pictures.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";

const side = 512;
const paint = (factor: number): Picture => {
  const data = Uint8Array.from({ length: side * side * 3 }, (_, at) => (at * factor) % 251);
  return { width: side, height: side, channels: 3, data };
};
const [picture, reference] = [paint(7919), paint(7907)];

async function time(name: string, task: () => unknown, runs = 7): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage();
    await task();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  console.log(`${name}: ${Math.min(...times).toFixed(1)} ms`);
}

for (const metric of [psnr, ssim, msSsim, l1, l2]) {
  await time(metric.name, () => metric.measure(picture, reference));
}
const pool = createSessionPool({ threads: 2 });
const distance = await openPart("st-lpips", "perceptualDistance");
await time(distance.name, () => distance.measure(pool, picture, reference));
await pool.close();
const scores = Array.from({ length: 300 }, (_, at) => Math.sin(at));
await time("bootstrap", () => {
  for (let seed = 1; seed <= 8; seed++) bootstrapMean(scores, { samples: 10_000, seed });
});
