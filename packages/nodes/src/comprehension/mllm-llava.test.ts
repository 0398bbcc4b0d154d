import { beforeAll, describe, expect, test } from "vitest";
import { modelLlava } from "../model/llava.ts";
import { runContext } from "../model/node-run.fixture.ts";
import { tinyLlava } from "../model/tiny-llava.fixture.ts";
import { comprehensionMllm } from "./mllm.ts";

const image = {
  width: 20,
  height: 31,
  channels: 3,
  data: Uint8Array.from({ length: 20 * 31 * 3 }, (_, at) => (at * 37) % 256),
} as const;

describe("comprehension.mllm over LLaVA", () => {
  let model: Awaited<ReturnType<typeof modelLlava.run>>["model"];
  beforeAll(async () => {
    ({ model } = await modelLlava.run({}, tinyLlava, runContext()));
  });
  const read = (instruction: string) =>
    comprehensionMllm.run({ image, instruction, model }, {}, runContext());

  test("depends on the instruction and on the picture", async () => {
    const one = await read("Remove the red apple.");
    const other = await read("Add two yellow bananas.");
    expect(one.mmTokens.shape).toEqual([1, 3, 12]);
    expect(one.vision.shape).toEqual([1, 9, 12]);
    expect(other.mmTokens.data).not.toEqual(one.mmTokens.data);
    expect(other.vision.data).toEqual(one.vision.data);
  });

  test.each([
    [" ", /no words/],
    ["paint <img_1> red", /spells out a token/],
    ["apple ".repeat(300), /tokens are too many/],
  ])("refuses %j", async (text, message) => {
    await expect(read(text)).rejects.toMatchObject({
      argument: "instruction",
      what: expect.stringMatching(message),
    });
  });
});
