import { expect, it } from "vitest";
import {
  imagePerceptron,
  imageProjection,
  imageResampler,
} from "../../packages/models/src/networks/ip-adapter.ts";
import { ipAdapterProjection } from "../../packages/models/src/networks/ip-adapter-config.ts";
import { parityError, readFixture } from "./read-fixture.ts";

it.each(["plain", "plus", "full"] as const)("IP-Adapter's %s projection", async (name) => {
  const fixture = await readFixture("ip-adapter", name);
  const projection = ipAdapterProjection(fixture.weights, 6);
  expect(projection.kind).toBe(name);
  const error = await {
    plain: () =>
      projection.kind === "plain" &&
      parityError(imageProjection, projection.config, fixture, "image_proj"),
    plus: () =>
      projection.kind === "plus" &&
      parityError(imageResampler, projection.config, fixture, "image_proj"),
    full: () =>
      projection.kind === "full" &&
      parityError(imagePerceptron, projection.config, fixture, "image_proj"),
  }[name]();
  expect(error).toBeLessThan(1e-4);
});
