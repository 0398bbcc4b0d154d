import { describe, expect, test } from "vitest";
import { buildNetwork } from "../../packages/models/src/networks/define-network.ts";
import { dino } from "../../packages/models/src/networks/dino.ts";
import { parseDinoConfig } from "../../packages/models/src/networks/dino-config.ts";
import { formulaWeights } from "./formula-weights.ts";
import { parityError, parityTargets, readFixture } from "./read-fixture.ts";

const named = parityTargets.map((target) => ({ precision: "float32" as const, ...target }));

describe.each(["usual", "without-offsets"])("DINO, %s", async (name) => {
  const read = await readFixture("dino", name);
  const config = parseDinoConfig(read.config);
  const fixture = { ...read, weights: formulaWeights(buildNetwork(dino, config).graph) };

  test.each(named)("[N8] embeds as transformers does: $provider $precision", async (target) => {
    expect(await parityError(dino, config, fixture, "", target)).toBeLessThan(target.limit);
  });
});

test("the published sizes have the parameters of the paper", () => {
  const countOf = (config: object): number => {
    const { weights } = buildNetwork(dino, parseDinoConfig({ model_type: "vit", ...config })).graph;
    const sizes = [...weights.values()].map(({ tensor }) => tensor.shape.map(Number));
    return sizes.reduce((sum, shape) => sum + shape.reduce((n, size) => n * size, 1), 0);
  };
  const small = { hidden_size: 384, num_attention_heads: 6, intermediate_size: 1536 };
  // Table 1 of DINO counts 21 M and 85 M, and 768 numbers of a pixel's patch.
  expect(Math.round(countOf(small) / 1e6)).toBe(22);
  expect(Math.round(countOf({}) / 1e6)).toBe(86);
});
