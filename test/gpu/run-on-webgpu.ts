// Runs a small UNet on the WebGPU provider and prints, as JSON, for each precision its relative error to what
// diffusers computed, or why it did not run.
import { openSession } from "../../packages/engine/src/runtime.ts";
import { buildNetwork } from "../../packages/models/src/networks/define-network.ts";
import { parseUnetConfig } from "../../packages/models/src/networks/parse-unet-config.ts";
import { unet2dCondition } from "../../packages/models/src/networks/unet-2d-condition.ts";
import { emitGraph } from "../../packages/models/src/onnx/emit.ts";
import { lowerGraph } from "../../packages/models/src/onnx/lower/lower-graph.ts";
import { readFixture, relativeError } from "../parity/read-fixture.ts";

const fixture = await readFixture("unet", "edit-linear");
const unet = parseUnetConfig(fixture.config);
const reports: Record<string, number | string> = {};
for (const precision of ["float32", "float16"] as const) {
  const built = buildNetwork(unet2dCondition, { unet, textTokens: 5, visual: true });
  const target = { provider: "webgpu", precision } as const;
  const { graph, outputs } = lowerGraph(built.graph, built.outputs, target);
  const onnx = emitGraph(graph, outputs, { weights: fixture.weights });
  try {
    const session = await openSession(onnx, { provider: "webgpu" });
    const { output } = await session.run(fixture.inputs);
    const wanted = fixture.outputs["output"]?.data as Float32Array;
    reports[precision] = relativeError(output?.data as Float32Array, wanted);
    await session.close();
  } catch (error) {
    reports[precision] = String(error);
  }
}
console.log(JSON.stringify(reports));
// The driver's threads outlive the session.
process.exit(0);
