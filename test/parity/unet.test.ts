import { describe, expect, it } from "vitest";
import { buildNetwork } from "../../packages/models/src/networks/define-network.ts";
import { unet2dCondition } from "../../packages/models/src/networks/unet-2d-condition.ts";
import { ipAdapterKeys } from "../../packages/models/src/networks/unet-attention-order.ts";
import { parseUnetConfig } from "../../packages/models/src/networks/unet-config.ts";
import type { LoweringTarget } from "../../packages/models/src/onnx/lower/lower-graph.ts";
import { parityError, readFixture } from "./read-fixture.ts";

type Options = Parameters<typeof unet2dCondition.build>[2];

async function readCase(name: string) {
  const fixture = await readFixture("unet", name);
  const unet = parseUnetConfig(fixture.config);
  return { fixture, options: { ...fixture.options, unet } as unknown as Options };
}

describe("unet2dCondition against diffusers", () => {
  it.each(["sd15", "edit-linear", "every-option", "no-middle"])("%s", async (name) => {
    const { fixture, options } = await readCase(name);
    expect(await parityError(unet2dCondition, options, fixture)).toBeLessThan(1e-4);
  });

  it.each(["edit-linear", "every-option"])("%s, lowered", async (name) => {
    const { fixture, options } = await readCase(name);
    const errorAt = (target: LoweringTarget): Promise<number> =>
      parityError(unet2dCondition, options, fixture, "", target);
    expect(await errorAt({ provider: "cpu" })).toBeLessThan(1e-4);
    expect(await errorAt({ provider: "cpu", precision: "float16" })).toBeLessThan(2e-2);
    expect(await errorAt({ provider: "webgpu", precision: "float16" })).toBeLessThan(2e-2);
  });

  it("uses every tensor of the checkpoint", async () => {
    for (const name of ["sd15", "edit-linear", "every-option", "no-middle"]) {
      const { fixture, options } = await readCase(name);
      const { graph } = buildNetwork(unet2dCondition, options);
      expect([...graph.weights.keys()].sort()).toEqual([...fixture.weights.keys()].sort());
    }
  });

  it("reads an IP-Adapter's layers by its own numbers, each with its own scale", async () => {
    const { fixture, options } = await readCase("ip-adapter");
    const keys = ipAdapterKeys(options.unet);
    const weights = new Map(
      [...fixture.weights].map(([key, tensor]) => [keys.get(key) ?? key, tensor]),
    );
    expect(await parityError(unet2dCondition, options, { ...fixture, weights })).toBeLessThan(1e-4);
    const loaded = await readFixture("unet", "ip-adapter-keys");
    expect([...keys.values()].sort()).toEqual(loaded.options["keys"]);
  });

  it("has the class defaults' 686 tensors by name and shape", async () => {
    const { fixture, options } = await readCase("class-defaults");
    const { graph } = buildNetwork(unet2dCondition, { ...options, textTokens: 77 });
    const shapes = [...graph.weights].map(([path, { tensor }]) => [path, tensor.shape]);
    expect(Object.fromEntries(shapes)).toEqual(fixture.options["shapes"]);
    expect(shapes).toHaveLength(686);
  });
});
