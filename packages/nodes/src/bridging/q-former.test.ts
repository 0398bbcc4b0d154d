import { expect, test } from "vitest";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import { bridgingQFormer } from "./q-former.ts";
import { bridgingText } from "./text.ts";

test("bridging.q-former turns states into a condition that ignores the picture", async () => {
  const [{ mllm, bridges }, { source }] = [await miniParts, await heldOutScene()];
  const context = runContext();
  const read = await mllm.comprehend(context, source, "remove the apple");
  const inputs = { ...read, model: bridges };
  const { condition } = await bridgingQFormer.run(inputs, {}, context);
  const bridged = await bridgingText.run(inputs, {}, context);
  expect(condition.shape).toEqual(bridged.condition.shape);
  expect(condition.data).not.toEqual(bridged.condition.data);
  const blank = { ...read.vision, data: new Float32Array(read.vision.data.length) };
  const unseen = { ...inputs, vision: blank };
  expect(await bridgingQFormer.run(unseen, {}, context)).toEqual({ condition });
});
