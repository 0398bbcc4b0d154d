import { expect, test } from "vitest";
import {
  imagePerceptron,
  imageProjection,
  imageResampler,
} from "../../packages/models/src/networks/ip-adapter.ts";
import { ipAdapterProjection } from "../../packages/models/src/networks/ip-adapter-config.ts";
import type { LoweringTarget } from "../../packages/models/src/onnx/lower/lower-graph.ts";
import { type ParityFixture, parityError, parityTargets, readFixture } from "./read-fixture.ts";

function errorOf(fixture: ParityFixture, target: LoweringTarget): Promise<number> {
  const found = ipAdapterProjection(fixture.weights, 6);
  if (found.kind === "plain") {
    return parityError(imageProjection, found.config, fixture, "image_proj", target);
  }
  if (found.kind === "plus") {
    return parityError(imageResampler, found.config, fixture, "image_proj", target);
  }
  return parityError(imagePerceptron, found.config, fixture, "image_proj", target);
}

test.each(["plain", "plus", "full"])("[N8] IP-Adapter's %s projection", async (name) => {
  const fixture = await readFixture("ip-adapter", name);
  expect(ipAdapterProjection(fixture.weights, 6).kind).toBe(name);
  for (const target of parityTargets) {
    expect(await errorOf(fixture, target)).toBeLessThan(target.limit);
  }
});
