import { describe, expect, test } from "vitest";
import { modelClipText } from "../model/clip-text.ts";
import { runContext } from "../model/node-run.fixture.ts";
import { tinyCheckpoint } from "../model/tiny-checkpoint.fixture.ts";
import { comprehensionClipText } from "./clip-text.ts";

async function read(text: string) {
  const logs: string[] = [];
  const context = { ...runContext(), log: (line: string) => void logs.push(line) };
  const { model } = await modelClipText.run({}, { checkpoint: tinyCheckpoint }, context);
  const { condition } = await comprehensionClipText.run({ text, model }, {}, context);
  return { condition, logs };
}

describe("comprehension.clip-text", () => {
  test("gives 77 states of any text, also of an empty one", async () => {
    const cat = await read("the cat");
    expect(cat.condition.shape).toEqual([1, 77, 24]);
    expect(cat.logs).toEqual([]);
    const empty = await read("");
    expect(empty.condition.shape).toEqual([1, 77, 24]);
    expect(empty.condition.data).not.toEqual(cat.condition.data);
  });

  test("reports how much of a long text is cut off", async () => {
    const { condition, logs } = await read("the cat ".repeat(40));
    expect(condition.shape).toEqual([1, 77, 24]);
    expect(logs).toEqual(["The text is 5 tokens too long; the end is cut off."]);
  });
});
