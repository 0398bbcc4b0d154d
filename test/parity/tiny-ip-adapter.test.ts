import { expect, test } from "vitest";
import { bridgingIpAdapter } from "../../packages/nodes/src/bridging/ip-adapter.ts";
import { modelIpAdapter } from "../../packages/nodes/src/model/ip-adapter.ts";
import { runContext } from "../../packages/nodes/src/model/node-run.fixture.ts";
import { tinyCheckpoint } from "../../packages/nodes/src/model/tiny-checkpoint.fixture.ts";
import { tinyIpAdapter } from "../../packages/nodes/src/model/tiny-ip-adapter.fixture.ts";
import { modelUnet } from "../../packages/nodes/src/model/unet.ts";
import { readFixture, relativeError } from "./read-fixture.ts";

test("the IP-Adapter nodes make the tokens that diffusers makes of a picture", async () => {
  const { inputs, outputs } = await readFixture("tiny-ip-adapter", "tokens");
  const { shape: [height = 0, width = 0] = [], data } = inputs["picture"] ?? {};
  const image = { width, height, channels: 3, data: Uint8Array.from(data ?? [], Number) } as const;
  const context = runContext();
  const { model } = await modelUnet.run(
    {},
    { checkpoint: tinyCheckpoint, weights: "stored" },
    context,
  );
  const { adapter } = await modelIpAdapter.run({ model }, tinyIpAdapter, context);
  const found = await bridgingIpAdapter.run({ image, adapter }, { scale: 1 }, context);
  const { tokens } = found.imageCondition;
  const wanted = Array.from(outputs["image"]?.data ?? [], Number);
  expect(tokens.shape).toEqual(outputs["image"]?.shape);
  // Pictures are resampled within a level of 255.
  expect(relativeError(Array.from(tokens.data, Number), wanted)).toBeLessThan(2e-2);
});
