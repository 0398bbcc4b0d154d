/**
 * What opening a network over a large checkpoint costs: time, memory and bytes copied, with the weights in their file
 * and, as the peer, inside the model. Run: npx tsx --conditions=@insightgraph/source test/bench/weights.ts [MB]
 */

import { fork } from "node:child_process";
import { readFileSync, rmSync, statSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openSession } from "../../packages/engine/src/runtime.ts";
import { linear } from "../../packages/models/src/layers/linear.ts";
import { defineNetwork } from "../../packages/models/src/networks/define-network.ts";
import { networkSource } from "../../packages/models/src/networks/network-source.ts";
import type { StoredTensor } from "../../packages/models/src/onnx/stored-tensor.ts";
import { normalArray } from "../../packages/models/src/train/random.ts";
import { openSafetensors } from "../../packages/models/src/weights/open-safetensors.ts";
import { writeSafetensors } from "../../packages/models/src/weights/write-safetensors.ts";

const width = 2048;
const layerBytes = width * width * 4;

const stack = defineNetwork({
  name: "stack",
  inputs: (_: { layers: number }) => ({ x: { shape: ["N", width] } }),
  build(w, { x }, { layers }) {
    let y = x;
    for (let at = 0; at < layers; at++) y = linear(w.at(at), y, { out: width, bias: false });
    return { y };
  },
});

/** Megabytes that the kernel counts for this process: the most at once, its own, mapped from files. */
function memory() {
  const status = readFileSync("/proc/self/status", "utf8");
  const of = (name: string): number =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { peak: of("VmHWM"), own: of("RssAnon"), mapped: of("RssFile") };
}

async function measure(file: string, isInside: boolean): Promise<void> {
  const before = memory();
  const start = performance.now();
  const layers = Math.round(statSync(file).size / layerBytes);
  const opened = openSafetensors(file);
  const weights = isInside
    ? new Map([...opened].map(([key, { dtype, shape, data }]) => [key, { dtype, shape, data }]))
    : opened;
  const { onnx, externalFolder } = networkSource(stack, { layers }, weights);
  const bytes = onnx();
  const session = await openSession(bytes, { externalFolder });
  const openMs = performance.now() - start;
  const x = { dtype: "float32", shape: [1, width], data: new Float32Array(width) } as const;
  await session.run({ x });
  const after = memory();
  const row = {
    weights: isInside ? "inside the model" : "in their file",
    "model, MB": (bytes.byteLength / 2 ** 20).toFixed(2),
    "open, s": (openMs / 1000).toFixed(2),
    "peak, MB": after.peak - before.peak,
    "own after, MB": after.own - before.own,
    "mapped after, MB": after.mapped - before.mapped,
  };
  process.send?.(row);
  await session.close();
}

/** Each of its own numbers, since the runtime keeps equal weights once. */
function layer(at: number): readonly [string, StoredTensor] {
  const span = { file: "", offset: 0, length: layerBytes };
  const tensor: StoredTensor = {
    dtype: "float32",
    shape: [width, width],
    span,
    get data() {
      return new Uint8Array(normalArray(width * width, at).buffer);
    },
  };
  return [`${at}.weight`, tensor];
}

async function main(): Promise<void> {
  const megabytes = Number(process.argv[2] ?? 1024);
  const folder = await mkdtemp(path.join(tmpdir(), "weights-"));
  const file = path.join(folder, "model.safetensors");
  const layers = Math.max(1, Math.round((megabytes * 2 ** 20) / layerBytes));
  writeSafetensors(file, new Map(Array.from({ length: layers }, (_, at) => layer(at))));
  const rows: unknown[] = [];
  for (const way of ["file", "inside"]) {
    const child = fork(fileURLToPath(import.meta.url), [file, way]);
    child.on("message", (row) => rows.push(row));
    await new Promise((done) => child.on("exit", done));
  }
  console.table(rows);
  rmSync(folder, { recursive: true });
}

if (process.send === undefined) await main();
else await measure(process.argv[2] ?? "", process.argv[3] === "inside");
