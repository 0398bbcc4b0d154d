import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { cup, mute, picture } from "./assistant.fixture.ts";
import { dataProposeReplacement } from "./propose-replacement.ts";

test("gives name and description", async () => {
  const proposal = { category: "crockery", name: "bowl", description: "A bowl of soup." };
  const model = { ...mute, proposeReplacement: async () => proposal };
  const inputs = { image: picture, object: cup, model };
  expect(await dataProposeReplacement.run(inputs, {}, plainRun)).toEqual({
    name: "bowl",
    description: "A bowl of soup.",
  });
});
