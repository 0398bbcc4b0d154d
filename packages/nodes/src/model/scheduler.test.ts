import { describe, expect, test } from "vitest";
import { runContext } from "./node-run.fixture.ts";
import { modelScheduler } from "./scheduler.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";

const load = async (sampler: "as in the checkpoint" | "ddim") =>
  (await modelScheduler.run({}, { checkpoint: tinyCheckpoint, sampler }, runContext())).scheduler;

describe("model.scheduler", () => {
  test("gives the checkpoint's own, or another solver over its noise", async () => {
    const own = await load("as in the checkpoint");
    expect(own).toMatchObject({ sampler: "euler-ancestral", prediction: "epsilon" });
    // Latents reach beyond what DDIM would clip to.
    expect(await load("ddim")).toMatchObject({
      sampler: "ddim",
      noise: own.noise,
      clip: undefined,
    });
  });
});
