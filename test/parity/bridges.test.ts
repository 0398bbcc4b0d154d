import { describe, expect, test } from "vitest";
import {
  type BridgeConfig,
  imageBridge,
  queryBridge,
  textBridge,
} from "../../packages/models/src/networks/bridges.ts";
import { expecting, parityError, parityTargets, readFixture } from "./read-fixture.ts";

const named = parityTargets.map((target) => ({ precision: "float32" as const, ...target }));

describe.each(["text-doubled", "text-odd"])("bridges to text: %s", async (name) => {
  const fixture = await readFixture("bridges", name);
  const config = fixture.options as unknown as BridgeConfig;

  test.each(named)(
    "[N8] the Q-Former agrees with BLIP-2's: $provider $precision",
    async (target) => {
      const wanted = expecting(fixture, { text: "query" });
      const error = await parityError(queryBridge, config, wanted, "", target);
      expect(error).toBeLessThan(target.limit);
    },
  );

  test.each(named)(
    "[N8] the interaction agrees with SAM's: $provider $precision",
    async (target) => {
      const wanted = expecting(fixture, { text: "text", visual: "visual" });
      const error = await parityError(textBridge, config, wanted, "", target);
      expect(error).toBeLessThan(target.limit);
    },
  );
});

test.each(named)("[N8] the adapter agrees with torch: $provider $precision", async (target) => {
  const fixture = await readFixture("bridges", "image");
  const config = fixture.options as unknown as BridgeConfig;
  const error = await parityError(imageBridge, config, fixture, "", target);
  expect(error).toBeLessThan(target.limit);
});
