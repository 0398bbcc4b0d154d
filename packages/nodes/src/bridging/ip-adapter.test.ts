import { expect, test } from "vitest";
import { modelIpAdapter } from "../model/ip-adapter.ts";
import { runContext } from "../model/node-run.fixture.ts";
import { tinyCheckpoint } from "../model/tiny-checkpoint.fixture.ts";
import { tinyIpAdapter } from "../model/tiny-ip-adapter.fixture.ts";
import { modelUnet } from "../model/unet.ts";
import { bridgingIpAdapter } from "./ip-adapter.ts";

test("bridging.ip-adapter gives other tokens for another picture, with their weight", async () => {
  const context = runContext();
  const { model } = await modelUnet.run(
    {},
    { checkpoint: tinyCheckpoint, weights: "stored" },
    context,
  );
  const { adapter } = await modelIpAdapter.run({ model }, tinyIpAdapter, context);
  const read = async (level: number) => {
    const data = Uint8Array.from({ length: 15 * 20 * 3 }, (_, at) => (at * level) % 256);
    const image = { width: 15, height: 20, channels: 3, data } as const;
    const found = await bridgingIpAdapter.run({ image, adapter }, { scale: 0.5 }, context);
    return found.imageCondition;
  };
  const [one, other] = [await read(37), await read(11)];
  expect(one.tokens.shape).toEqual([1, 4, 24]);
  expect(one.scale).toBe(0.5);
  expect(other.tokens.data).not.toEqual(one.tokens.data);
});
