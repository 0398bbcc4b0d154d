import { describe, expect, test } from "vitest";
import { buildNetwork } from "../../packages/models/src/networks/define-network.ts";
import {
  flux2Transformer,
  parseFlux2Config,
} from "../../packages/models/src/networks/flux2-transformer.ts";
import { empiricalShift } from "../../packages/models/src/schedules/flow.ts";
import { formulaWeights } from "./formula-weights.ts";
import { parityError, parityTargets, readFixture } from "./read-fixture.ts";

const fixture = await readFixture("flux2", "transformer");

describe("FLUX.2 [klein] against diffusers", () => {
  test("[N17] the transformer with two reference pictures", async () => {
    const sizeOf = (name: string) => {
      const [, , height = 0, width = 0] = fixture.inputs[name]?.shape ?? [];
      return [height, width] as const;
    };
    const config = {
      transformer: parseFlux2Config(fixture.config),
      textTokens: 7,
      size: sizeOf("sample"),
      references: [sizeOf("reference.0"), sizeOf("reference.1")],
    };
    const weights = formulaWeights(buildNetwork(flux2Transformer, config).graph);
    for (const target of parityTargets) {
      const error = await parityError(
        flux2Transformer,
        config,
        { ...fixture, weights },
        "",
        target,
      );
      expect(error).toBeLessThan(target.limit);
    }
  });

  test("[N16] the empirical shift of a flow", () => {
    const { shifts } = fixture.options as { readonly shifts: readonly (readonly number[])[] };
    for (const [tokens = 0, steps = 0, shift = 0] of shifts) {
      expect(empiricalShift(tokens, steps)).toBeCloseTo(shift, 10);
    }
  });
});
