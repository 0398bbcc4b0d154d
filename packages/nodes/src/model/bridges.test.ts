import { describe, expect, test } from "vitest";
import { modelBridges } from "./bridges.ts";
import { runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";

describe("model.bridges", () => {
  test.each([
    ["that is not there", "no-such-model"],
    ["without bridges", tinyCheckpoint],
  ])("names a checkpoint %s", async (_, checkpoint) => {
    const load = modelBridges.run({}, { checkpoint }, runContext());
    await expect(load).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.checkpoint" },
    });
  });
});
