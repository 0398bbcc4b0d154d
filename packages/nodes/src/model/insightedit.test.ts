import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { shippedWeightsFolder } from "@insightgraph/models";
import { expect, onTestFinished, test } from "vitest";
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

/** A copy of the checkpoint that ships in which the config of one network says another size. */
async function withSize(network: string, group: string | undefined, sizes: object) {
  const folder = await mkdtemp(path.join(tmpdir(), "insightedit-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(shippedWeightsFolder("insightedit-mini"), folder, { recursive: true });
  const file = path.join(folder, "config.json");
  const config = JSON.parse(await readFile(file, "utf8"));
  const own = config.network[network];
  Object.assign(group === undefined ? own : own[group], sizes);
  await writeFile(file, JSON.stringify(config));
  return `dir:${folder}`;
}

test.each([
  ["mllm", undefined, { hidden: 500 }, /^mllm\..*expected \[500/],
  ["bridges", "qFormer", { queries: 17 }, /^bridges\..*expected \[1, 17/],
  ["bridges", "interaction", { visualChannels: 90 }, /^bridges\..*expected \[90/],
  ["bridges", "adapter", { tokens: 5 }, /^bridges\..*expected \[\d+/],
  ["unet", undefined, { crossAttentionDim: 190 }, /^unet\..*expected \[\d+, 190/],
  ["vae", undefined, { latentChannels: 30 }, /^vae\..*expected \[30/],
])(
  "refuses a config that says another size of %s %s than the weights have",
  async (network, group, sizes, what) => {
    await expect(load(await withSize(network, group, sizes))).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.checkpoint" },
      what: expect.stringMatching(what),
    });
  },
);
