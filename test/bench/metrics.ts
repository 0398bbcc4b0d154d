// Prints the least processor time that each metric takes for two pictures of 512 x 512, beside that of scikit-image and
// torchmetrics in turns, and a bootstrap of 10,000 over 8 columns of 300 scores.
// PYTHON names an interpreter with test/parity/requirements.txt installed.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openPart } from "../../packages/editing/src/architectures.ts";
import { bootstrapMean } from "../../packages/editing/src/metrics/bootstrap-mean.ts";
import { l1, l2, msSsim, psnr, ssim } from "../../packages/editing/src/metrics.ts";
import type { Picture } from "../../packages/editing/src/pictures.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";

const [side, runs] = [512, 9];
const paint = (factor: number): Picture => {
  const data = Uint8Array.from({ length: side * side * 3 }, (_, at) => (at * factor) % 251);
  return { width: side, height: side, channels: 3, data };
};
const [picture, reference] = [paint(7919), paint(7907)];

async function time(task: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const script = fileURLToPath(new URL("metrics.py", import.meta.url));
const peer = spawn(process.env["PYTHON"] ?? "python3", [script], {
  stdio: ["pipe", "pipe", "inherit"],
});
const answers = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();

/** The peer's processor time and score. */
async function askPeer(name: string): Promise<readonly number[]> {
  peer.stdin.write(`${name}\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error("the peer ended; does PYTHON have the requirements?");
  return String(value).split(" ").map(Number);
}

for (const metric of [psnr, ssim, msSsim, l2]) {
  const [own, theirs]: [number[], number[]] = [[], []];
  let [score, wanted] = [0, 0];
  for (let run = 0; run < runs; run++) {
    own.push(await time(() => (score = metric.measure(picture, reference))));
    const [ms = 0, found = 0] = await askPeer(metric.name);
    theirs.push(ms);
    wanted = found;
  }
  const [least, most] = [Math.min(...own), Math.min(...theirs)];
  const error = Math.abs(score - wanted) / Math.max(Math.abs(wanted), 1e-12);
  console.log(
    `${metric.name}: ${least.toFixed(1)} ms, reference ${most.toFixed(1)} ms, ratio ${(most / least).toFixed(2)}, relative difference ${error.toExponential(0)}`,
  );
}
peer.stdin.end();

const report = async (name: string, task: () => unknown): Promise<void> => {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await time(task));
  console.log(`${name}: ${Math.min(...times).toFixed(1)} ms`);
};
await report(l1.name, () => l1.measure(picture, reference));
const pool = createSessionPool({ threads: 2 });
const distance = await openPart("st-lpips", "perceptualDistance");
await report(distance.name, () => distance.measure(pool, picture, reference));
await pool.close();
const scores = Array.from({ length: 300 }, (_, at) => Math.sin(at));
await report("bootstrap", () => {
  for (let seed = 1; seed <= 8; seed++) bootstrapMean(scores, { samples: 10_000, seed });
});
