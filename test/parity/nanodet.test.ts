import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { openSession } from "../../packages/engine/src/runtime.ts";
import { buildNetwork } from "../../packages/models/src/networks/define-network.ts";
import { nanodet } from "../../packages/models/src/networks/nanodet.ts";
import { emitGraph } from "../../packages/models/src/onnx/emit.ts";
import { lowerGraph } from "../../packages/models/src/onnx/lower/lower-graph.ts";
import { openSafetensors } from "../../packages/models/src/weights/open-safetensors.ts";
import { shippedWeightsFolder } from "../../packages/models/src/weights/shipped-weights.ts";
import { coffeePixels } from "./nanodet-pixels.ts";
import { parityTargets, readFixture, relativeError } from "./read-fixture.ts";

const folder = shippedWeightsFolder("nanodet-coco");
const { network } = JSON.parse(await readFile(`${folder}config.json`, "utf8"));
const fixture = await readFixture("nanodet", "coffee");
const places = Array.from(fixture.inputs["places"]?.data ?? [], Number);

test.each(parityTargets)("nanodet-coco against the original graph: %j", async (target) => {
  const built = buildNetwork(nanodet, network);
  const { graph, outputs } = lowerGraph(built.graph, built.outputs, target);
  const weights = openSafetensors(`${folder}model.safetensors`);
  const session = await openSession(emitGraph(graph, outputs, { weights }), { threads: 1 });
  const pixels = { dtype: "float32", shape: [1, 3, 416, 416], data: await coffeePixels() } as const;
  const found = await session.run({ pixels });
  await session.close();
  for (const [name, wanted] of Object.entries(fixture.outputs)) {
    const length = wanted.shape[1] ?? 0;
    const all = Array.from(found[name]?.data ?? [], Number);
    const rows = places.flatMap((at) => all.slice(at * length, (at + 1) * length));
    expect(relativeError(rows, Array.from(wanted.data, Number)), name).toBeLessThan(target.limit);
  }
});
