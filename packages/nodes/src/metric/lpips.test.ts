import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { addedMetricContract } from "./added-metric.contract.ts";
import { heldOutEdit } from "./held-out-edit.fixture.ts";
import { metricLpips } from "./lpips.ts";
import { randomLpips } from "./tiny-models.fixture.ts";

const { checkpoint } = randomLpips();
addedMetricContract(metricLpips, checkpoint, { equal: 0, added: "docs/metrics.md says how" });

test("takes no ST-LPIPS for an LPIPS", async () => {
  const settings = { checkpoint: "st-lpips", region: "all" } as const;
  const run = metricLpips.run(await heldOutEdit(), settings, runContext());
  await expect(run).rejects.toMatchObject({ what: '"st-lpips" is ST-LPIPS, not LPIPS.' });
});

test("refuses pictures too small for the network", async () => {
  const small = { width: 24, height: 40, channels: 3, data: new Uint8Array(2880) } as const;
  const settings = { checkpoint: checkpoint(), region: "all" } as const;
  const run = metricLpips.run({ image: small, reference: small }, settings, runContext());
  await expect(run).rejects.toThrow("LPIPS (squeeze) needs 25 a side");
});
