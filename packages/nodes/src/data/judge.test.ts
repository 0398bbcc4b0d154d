import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { mute, picture } from "./assistant.fixture.ts";
import { dataJudge } from "./judge.ts";

test("gives VIEScore's numbers, and a report with scale and judge", async () => {
  const judgement = {
    ...{ scale: 5, judge: "tiny" },
    semantics: { instruction_follow: 4, "non-overedit": 5, reasoning: "gone" },
    quality: { naturalness: 1, no_artifacts: 3, reasoning: "a seam" },
  };
  const model = { ...mute, judge: async () => judgement };
  const inputs = { source: picture, target: picture, model };
  const params = { instruction: "remove the cup", scale: 5 };
  const { report, ...scores } = await dataJudge.run(inputs, params, plainRun);
  expect(scores).toEqual({ sc: 4, pq: 1, overall: 2 });
  expect(JSON.parse(report)).toEqual(judgement);
});
