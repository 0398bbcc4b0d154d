import { describe, expect, test } from "vitest";
import { buildNetwork } from "../../packages/models/src/networks/define-network.ts";
import { parseUnetConfig } from "../../packages/models/src/networks/parse-unet-config.ts";
import { unet2dCondition } from "../../packages/models/src/networks/unet-2d-condition.ts";
import { ipAdapterKeys } from "../../packages/models/src/networks/unet-attention-order.ts";
import { emitGraph } from "../../packages/models/src/onnx/emit.ts";
import { lowerGraph } from "../../packages/models/src/onnx/lower/lower-graph.ts";
import type { WeightMap } from "../../packages/models/src/onnx/stored-tensor.ts";
import { toHalfPrecision } from "../../packages/models/src/weights/half-precision.ts";
import { errorsOf, parityError, parityTargets, readFixture } from "./read-fixture.ts";

type Options = Parameters<typeof unet2dCondition.build>[2];

async function readCase(name: string) {
  const fixture = await readFixture("unet", name);
  const unet = parseUnetConfig(fixture.config);
  return { fixture, options: { ...fixture.options, unet } as unknown as Options };
}

describe("unet2dCondition against diffusers", () => {
  describe.each(["sd15", "edit-linear", "every-option", "no-middle"])("%s", (name) => {
    test.each(parityTargets)("[N8] $provider $precision", async (target) => {
      const { fixture, options } = await readCase(name);
      const error = await parityError(unet2dCondition, options, fixture, "", target);
      expect(error).toBeLessThan(target.limit);
    });
  });

  test("takes half-precision weights as they are stored", async () => {
    const { fixture, options } = await readCase("sd15");
    const weights = toHalfPrecision(fixture.weights);
    const built = buildNetwork(unet2dCondition, options);
    const target = { provider: "cpu", precision: "float16" } as const;
    const { graph, outputs } = lowerGraph(built.graph, built.outputs, target);
    const castsOf = (stored: WeightMap): boolean =>
      Buffer.from(emitGraph(graph, outputs, { weights: stored })).includes("weight/Cast");
    expect([castsOf(weights), castsOf(fixture.weights)]).toEqual([false, true]);
    const onnx = emitGraph(graph, outputs, { weights });
    const { output } = await errorsOf(onnx, fixture);
    expect(output).toBeLessThan(2e-2);
  });

  test("uses every tensor of the checkpoint", async () => {
    for (const name of ["sd15", "edit-linear", "every-option", "no-middle"]) {
      const { fixture, options } = await readCase(name);
      const { graph } = buildNetwork(unet2dCondition, options);
      expect([...graph.weights.keys()].sort()).toEqual([...fixture.weights.keys()].sort());
    }
  });

  test("[N9] reads an IP-Adapter's layers by its own numbers, each with its own scale", async () => {
    const { fixture, options } = await readCase("ip-adapter");
    const keys = ipAdapterKeys(options.unet);
    const weights = new Map(
      [...fixture.weights].map(([key, tensor]) => [keys.get(key) ?? key, tensor]),
    );
    for (const target of parityTargets) {
      const named = { ...fixture, weights };
      const error = await parityError(unet2dCondition, options, named, "", target);
      expect(error).toBeLessThan(target.limit);
    }
    const loaded = await readFixture("unet", "ip-adapter-keys");
    expect([...keys.values()].sort()).toEqual(loaded.options["keys"]);
  });

  test("has the class defaults' 686 tensors by name and shape", async () => {
    const { fixture, options } = await readCase("class-defaults");
    const { graph, outputs } = buildNetwork(unet2dCondition, { ...options, textTokens: 77 });
    const shapes = [...graph.weights].map(([path, { tensor }]) => [path, tensor.shape]);
    expect(Object.fromEntries(shapes)).toEqual(fixture.options["shapes"]);
    expect(shapes).toHaveLength(686);
    // What describes the network, without its weights, stays below a megabyte.
    expect(emitGraph(graph, outputs).byteLength).toBeLessThan(1e6);
  });
});
