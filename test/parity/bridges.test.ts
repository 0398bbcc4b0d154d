import { describe, expect, it } from "vitest";
import {
  type BridgeConfig,
  imageBridge,
  queryBridge,
  textBridge,
} from "../../packages/models/src/networks/bridges.ts";
import { expecting, parityError, readFixture } from "./read-fixture.ts";

const limit = 1e-4;

describe.each(["text-doubled", "text-odd"])("bridges to text: %s", async (name) => {
  const fixture = await readFixture("bridges", name);
  const config = fixture.options as unknown as BridgeConfig;

  it("the Q-Former agrees with BLIP-2's", async () => {
    const wanted = expecting(fixture, { text: "query" });
    expect(await parityError(queryBridge, config, wanted)).toBeLessThan(limit);
  });

  it("the interaction agrees with SAM's two-way transformer", async () => {
    const wanted = expecting(fixture, { text: "text", visual: "visual" });
    expect(await parityError(textBridge, config, wanted)).toBeLessThan(limit);
  });
});

it("the image alignment adapter agrees with torch", async () => {
  const fixture = await readFixture("bridges", "image");
  const config = fixture.options as unknown as BridgeConfig;
  expect(await parityError(imageBridge, config, fixture)).toBeLessThan(limit);
});
