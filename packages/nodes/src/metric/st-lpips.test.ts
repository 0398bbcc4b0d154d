import { registerFamily } from "@insightgraph/editing/architectures";
import type { Mask } from "@insightgraph/editing/pictures";
import { expect, test } from "vitest";
import { heldOutScene, runContext } from "../model/node-run.fixture.ts";
import { metricStLpips } from "./st-lpips.ts";

const settings = { region: "outside", checkpoint: "st-lpips" } as const;

/** A held-out edit: source, target and the mask of what changed. */
async function edit() {
  const { source, target, mask } = await heldOutScene();
  const data = mask.map((value) => (value === 0 ? 0 : 255));
  return { image: source, reference: target, mask: { ...source, data } satisfies Mask };
}

test("is 0 for equal pictures and grows with the change", async () => {
  const context = runContext();
  const { image, reference } = await edit();
  const equal = await metricStLpips.run({ image, reference: image }, settings, context);
  expect(equal.score).toBe(0);
  const changed = await metricStLpips.run({ image, reference }, settings, context);
  expect(changed.score).toBeGreaterThan(0.01);
});

test("sees less of an edit outside its mask, and leaves a hole for an empty region", async () => {
  const context = runContext();
  const inputs = await edit();
  const { score: outside } = await metricStLpips.run(inputs, settings, context);
  const { score: all } = await metricStLpips.run(inputs, { ...settings, region: "all" }, context);
  expect(outside).toBeLessThan(all / 2);
  const none = { ...inputs.mask, data: new Uint8Array(inputs.mask.data.length) };
  const inside = { ...settings, region: "inside" } as const;
  const hole = await metricStLpips.run({ ...inputs, mask: none }, inside, context);
  expect(hole.score).toBeNaN();
});

test("refuses pictures too small for the network", async () => {
  const small = { width: 20, height: 40, channels: 3, data: new Uint8Array(2400) } as const;
  const run = metricStLpips.run({ image: small, reference: small }, settings, runContext());
  await expect(run).rejects.toThrow("argument.unfit at image: it has 20 x 40 pixels");
});

test("says how to name a checkpoint where there is none, or one of another measure", async () => {
  const { image, reference } = await edit();
  const run = (checkpoint: string) =>
    metricStLpips.run({ image, reference }, { ...settings, checkpoint }, runContext());
  const blamed = { code: "node.bad-input", at: { path: "params.checkpoint" } };
  await expect(run("nothing")).rejects.toMatchObject(blamed);
  await expect(run("insightedit-mini")).rejects.toMatchObject(blamed);
  const forget = registerFamily({
    name: "Other",
    parts: {
      perceptualDistance: {
        component: "model",
        reads: () => true,
        open: () => ({ name: "Other", measure: async () => 1 }),
      },
    },
  });
  await expect(run("st-lpips")).rejects.toMatchObject({
    ...blamed,
    what: '"st-lpips" is Other, not ST-LPIPS.',
  });
  forget();
});

test("knows its checkpoint by content", async () => {
  const { fingerprint } = metricStLpips;
  expect(await fingerprint?.(settings)).toMatch(/^[0-9a-f]{64}$/);
});
