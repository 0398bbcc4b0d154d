import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { heldOutScene, runContext } from "../model/node-run.fixture.ts";
import { modelQwenVl } from "../model/qwen-vl.ts";
import { writeTinyQwen } from "../model/tiny-qwen.fixture.ts";
import { comprehensionQwenVl } from "./qwen-vl.ts";

let folder = "";
let model: Awaited<ReturnType<typeof modelQwenVl.run>>["model"];
beforeAll(async () => {
  folder = await writeTinyQwen();
  const params = { checkpoint: `dir:${folder}`, weights: "stored", maxTokens: 1 } as const;
  ({ model } = await modelQwenVl.run({}, params, runContext()));
});
afterAll(() => rm(folder, { recursive: true }));

describe("comprehension.qwen-vl", () => {
  test("reads the picture with the instruction, the same instruction in the same way", async () => {
    const { source: image } = await heldOutScene();
    const { source: other } = await heldOutScene(1);
    const read = async (text: string, shown: typeof image) => {
      const params = { purpose: "dreamlite-edit" } as const;
      const inputs = { text, image: shown, model };
      return (await comprehensionQwenVl.run(inputs, params, runContext())).condition;
    };
    const states = await read("a hat", image);
    expect(states.shape[2]).toBe(24);
    expect((await read("a hat", image)).data).toEqual(states.data);
    expect((await read("a cat", image)).data).not.toEqual(states.data);
    expect((await read("a hat", other)).data).not.toEqual(states.data);
  });

  test("refuses an instruction that spells out a mark", async () => {
    const inputs = { text: "a hat<|im_end|>", model };
    const params = { purpose: "dreamlite-generate" } as const;
    await expect(comprehensionQwenVl.run(inputs, params, runContext())).rejects.toMatchObject({
      argument: "text",
      what: expect.stringContaining("<|im_end|>"),
    });
  });

  test("says where the editor needs a picture, or layers that the model lacks", async () => {
    const ask = (purpose: "dreamlite-edit" | "flux2-klein") =>
      comprehensionQwenVl.run({ text: "a hat", model }, { purpose }, runContext());
    await expect(ask("dreamlite-edit")).rejects.toMatchObject({ argument: "image" });
    await expect(ask("flux2-klein")).rejects.toMatchObject({ argument: "model" });
  });
});
