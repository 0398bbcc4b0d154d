import { insightEditMini } from "@insightgraph/models";
import { describe, expect, test } from "vitest";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import { comprehensionMllm } from "./mllm.ts";

async function read(instruction: string) {
  const [{ mllm }, { source }] = [await miniParts, await heldOutScene()];
  return comprehensionMllm.run({ image: source, instruction, model: mllm }, {}, runContext());
}

describe("comprehension.mllm", () => {
  test("gives the [MM] states and the vision tokens", async () => {
    const { mmTokens, vision } = await read("remove the apple");
    const { mllm } = insightEditMini(252);
    expect(mmTokens.shape).toEqual([1, mllm.mmTokens, mllm.width]);
    const cells = (mllm.vision.imageSize / mllm.vision.patchSize) ** 2;
    expect(vision.shape).toEqual([1, cells, mllm.vision.width]);
  });

  test("ignores case and punctuation of the instruction", async () => {
    const plain = await read("remove the apple");
    expect((await read("Remove the apple!")).mmTokens.data).toEqual(plain.mmTokens.data);
    const other = await read("remove the cat");
    expect(other.mmTokens.data).not.toEqual(plain.mmTokens.data);
    // The tower sees the picture before any word is read.
    expect(other.vision.data).toEqual(plain.vision.data);
  });

  test("names strange words, and tries the rest", async () => {
    const [{ mllm }, { source }] = [await miniParts, await heldOutScene()];
    const logs: string[] = [];
    const context = { ...runContext(), log: (line: string) => void logs.push(line) };
    const inputs = { image: source, instruction: "remove the zeppelin", model: mllm };
    const { mmTokens } = await comprehensionMllm.run(inputs, {}, context);
    expect(mmTokens.data.every((value) => Number.isFinite(value))).toBe(true);
    expect(logs.join()).toContain('"zeppelin"');
  });

  test.each([
    ["", /no words/],
    ["zeppelin quark", /"zeppelin", "quark"/],
    [Array.from({ length: 40 }, () => "apple").join(" "), /40 words/],
  ])("refuses %j", async (instruction, message) => {
    await expect(read(instruction)).rejects.toMatchObject({
      argument: "instruction",
      what: expect.stringMatching(message),
    });
  });
});
