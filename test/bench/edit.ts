// Prints what one edit costs on this machine, beside the limit that its convolutions set:
// `npx tsx --conditions=@insightgraph/source test/bench/edit.ts`

import { readFile } from "node:fs/promises";
import { openSceneComposer } from "../../packages/editing/src/scenes.ts";
import { callGraph } from "../../packages/engine/src/execute.ts";
import { parseGraph } from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { createSessionPool, openSession } from "../../packages/engine/src/runtime.ts";
import { emitGraph } from "../../packages/models/src/onnx/emit.ts";
import { createGraph, declareInput } from "../../packages/models/src/onnx/graph.ts";
import { convolution } from "../../packages/models/src/onnx/ops/convolution.ts";
import { nodes } from "../../packages/nodes/src/index.ts";

const graphFile = new URL("../../graphs/insightedit.json", import.meta.url);
const registry = createRegistry(nodes);

/** The least of several times: what the machine can do when left alone. */
async function fastest(
  repeats: number,
  task: (round: number) => Promise<unknown>,
): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < repeats; round++) {
    const start = performance.now();
    await task(round);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** GFLOP/s of a 3x3 convolution, batch 32, 128 channels, 16 x 16. */
async function convolutionLimit(): Promise<number> {
  const [batch, channels, side] = [32, 128, 16];
  const graph = createGraph();
  const shapes = { x: [batch, channels, side, side], w: [channels, channels, 3, 3] };
  const x = declareInput(graph, "x", shapes.x);
  const w = declareInput(graph, "w", shapes.w);
  const session = await openSession(
    emitGraph(graph, { y: convolution(x, w, undefined, { padding: 1 }) }),
  );
  const feeds = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const data = new Float32Array(shape.reduce((n, size) => n * size, 1)).fill(0.5);
      return [name, { dtype: "float32" as const, shape, data }];
    }),
  );
  const ms = await fastest(10, () => session.run(feeds));
  await session.close();
  return (2 * 9 * channels * channels * side * side * batch) / ms / 1e6;
}

async function editTime(steps: number): Promise<number> {
  const pool = createSessionPool();
  const graph = parseGraph(await readFile(graphFile, "utf8"));
  const { source: image, instruction } = (await openSceneComposer()).heldOut(0);
  const inputs = { image, instruction, steps };
  const ms = await fastest(6, (seed) =>
    callGraph(graph, registry, { ...inputs, seed }, { open: (model) => pool.open(model) }),
  );
  await pool.close();
  return ms;
}

console.log(`limit: one convolution alone ${(await convolutionLimit()).toFixed(0)} GFLOP/s`);
for (const steps of [1, 4, 16]) {
  console.log(
    `edit, ${steps} steps: ${(await editTime(steps)).toFixed(0)} ms once the networks are open`,
  );
}
