import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { modelRuleAssistant } from "./rule-assistant.ts";

test("captions by the detector that it is given", async () => {
  const cup = { label: "cup", score: 1, box: { left: 0, top: 0, right: 5, bottom: 5 } };
  const detector = { labels: ["cup"], detect: async () => [cup] };
  const { model } = await modelRuleAssistant.run({ detector }, {}, plainRun);
  const picture = { width: 9, height: 9, channels: 3, data: new Uint8Array(243) } as const;
  expect(await model.caption?.(picture, plainRun)).toBe("A photograph of a cup.");
});
