import { shippedWeightsFolder } from "@insightgraph/models";
import { expect, test } from "vitest";
import { modelInsightedit } from "./insightedit.ts";
import { heldOutScene, runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";

const load = (checkpoint: string) => modelInsightedit.run({}, { checkpoint }, runContext());

test("gives the four parts of one checkpoint", async () => {
  const parts = await load("insightedit-mini");
  expect(Object.keys(parts).sort()).toEqual(["bridges", "mllm", "unet", "vae"]);
  expect(await modelInsightedit.fingerprint?.({ checkpoint: "insightedit-mini" })).toMatch(
    /^[0-9a-f]{64}$/,
  );
});

test("a folder that training wrote gives the same parts as the checkpoint that ships", async () => {
  const context = runContext();
  const { source } = await heldOutScene();
  const [named, folder] = [
    await load("insightedit-mini"),
    await load(`dir:${shippedWeightsFolder("insightedit-mini")}`),
  ];
  const read = await named.mllm.comprehend(context, source, "remove the apple");
  expect(await folder.mllm.comprehend(context, source, "remove the apple")).toEqual(read);
});

test.each([
  ["dir:relative", /not an absolute path/],
  ["no-such-model", /no checkpoint "no-such-model"/],
  [`${tinyCheckpoint}/text_encoder`, /no part "mllm"/],
])("refuses %s at its param", async (checkpoint, what) => {
  await expect(load(checkpoint)).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "params.checkpoint" },
    what: expect.stringMatching(what),
  });
});
