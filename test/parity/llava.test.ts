import { describe, expect, test } from "vitest";
import { llava } from "../../packages/models/src/networks/llava.ts";
import {
  type LlavaSequence,
  parseLlavaConfig,
} from "../../packages/models/src/networks/llava-config.ts";
import { renameKeys } from "../../packages/models/src/weights/key-maps/key-map.ts";
import {
  originalLlava,
  transformersLlava,
} from "../../packages/models/src/weights/key-maps/llava.ts";
import { parityError, parityTargets, readFixture } from "./read-fixture.ts";

describe("LLaVA against transformers", () => {
  test.each([
    ["grouped-heads", transformersLlava],
    ["class-kept-linear-scaling", transformersLlava],
    ["llama3-scaling-biased", transformersLlava],
    ["tower-apart", originalLlava],
  ])("[N11] %s", async (name, keys) => {
    const fixture = await readFixture("llava", name);
    const { sequence, vision } = fixture.options as {
      readonly sequence: LlavaSequence;
      readonly vision?: unknown;
    };
    const config = parseLlavaConfig({ llava: fixture.config, vision }, sequence);
    expect(keys.matches(new Set(fixture.weights.keys()))).toBe(true);
    const weights = renameKeys(fixture.weights, keys.rename);
    for (const target of parityTargets) {
      const error = await parityError(llava, config, { ...fixture, weights }, "", target);
      expect(error).toBeLessThan(target.limit);
    }
  });
});
