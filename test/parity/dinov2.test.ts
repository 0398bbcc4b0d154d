import { describe, expect, test } from "vitest";
import { dinov2 } from "../../packages/models/src/networks/dinov2.ts";
import { parseDinov2Config } from "../../packages/models/src/networks/dinov2-config.ts";
import { parityError, parityTargets, readFixture } from "./read-fixture.ts";

const named = parityTargets.map((target) => ({ precision: "float32" as const, ...target }));

describe.each(["own-grid", "other-grid"])("DINOv2 on its %s", async (name) => {
  const fixture = await readFixture("dinov2", name);
  const { height, width } = fixture.options;
  const config = {
    model: parseDinov2Config(fixture.config),
    height: Number(height),
    width: Number(width),
  };

  test.each(named)("[N8] embeds as transformers does: $provider $precision", async (target) => {
    const error = await parityError(dinov2, config, fixture, "", target);
    expect(error).toBeLessThan(target.limit);
  });
});
