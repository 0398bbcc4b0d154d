// Decodes and encodes the run-length code of a mask of 5616 x 3744 pixels; the aim for decoding is 20 ms:
// `npx tsx --conditions=@insightgraph/source test/bench/run-length.ts`

import {
  decodeRunLength,
  encodeRunLength,
} from "../../packages/editing/src/pictures/run-length.ts";

const [width, height] = [5616, 3744];

/** An ellipse with a wavy rim, over a share of the picture such as an object has. */
function wavyMask(waves: number) {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const across = (y - height / 2) / (0.35 * height);
    if (Math.abs(across) >= 1) continue;
    const half = Math.sqrt(1 - across ** 2) * 0.3 * width + 40 * Math.sin(y / waves);
    data.fill(
      255,
      y * width + Math.round(width / 2 - half),
      y * width + Math.round(width / 2 + half),
    );
  }
  return { width, height, data };
}

/** Milliseconds of the quickest of so many runs, of the one in the middle, and of the processor for each. */
function timeOf(task: () => unknown): string {
  const before = process.cpuUsage();
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now();
    task();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const { user, system } = process.cpuUsage(before);
  const processor = (user + system) / 1000 / times.length;
  return `${times[0]?.toFixed(1)} ms at best, ${times[7]?.toFixed(1)} ms in the middle, ${processor.toFixed(1)} ms of processor`;
}

for (const [name, waves] of [
  ["smooth rim", 400],
  ["ragged rim", 1],
] as const) {
  const mask = wavyMask(waves);
  const code = encodeRunLength(mask);
  if (Buffer.compare(decodeRunLength(code).data, mask.data) !== 0) throw new Error("not the same");
  console.log(`${name}, ${code.counts.length} characters`);
  console.log(`  decode: ${timeOf(() => decodeRunLength(code))}`);
  console.log(`  encode: ${timeOf(() => encodeRunLength(mask))}`);
  console.log(`  copying the mask alone: ${timeOf(() => Uint8Array.from(mask.data))}`);
}
