import { expect, it } from "vitest";
import { comprehend } from "../comprehension/comprehend.ts";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import { queryBridging } from "./q-former.ts";
import { textBridging } from "./text.ts";

it("bridging.q-former turns states into a condition that knows nothing of the picture", async () => {
  const [{ mllm, bridges }, { source }] = [await miniParts, await heldOutScene()];
  const context = runContext();
  const read = await comprehend(context, mllm, source, "remove the apple");
  const inputs = { ...read, model: bridges };
  const { condition } = await queryBridging.run(inputs, {}, context);
  const told = await textBridging.run(inputs, {}, context);
  expect(condition.shape).toEqual(told.condition.shape);
  expect(condition.data).not.toEqual(told.condition.data);
  const blank = { ...read.vision, data: new Float32Array(read.vision.data.length) };
  const unseen = { ...inputs, vision: blank };
  expect(await queryBridging.run(unseen, {}, context)).toEqual({ condition });
});
