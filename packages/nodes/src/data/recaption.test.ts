import type { PairFacts } from "@insightgraph/editing/assistants";
import { expect, test } from "vitest";
import { maskOf, plainRun } from "../plain-run.fixture.ts";
import { cup, mute, picture } from "./assistant.fixture.ts";
import { dataRecaption } from "./recaption.ts";

test("tells the assistant all about the pair, without the object among the others", async () => {
  let told: PairFacts | undefined;
  const said = { understanding: "remove the white thing", reasoning: "what holds tea? remove it" };
  const model = {
    ...mute,
    recaption: async (pair: PairFacts) => {
      told = pair;
      return said;
    },
  };
  const spoon = { ...cup, label: "spoon", box: { ...cup.box, right: 30 } };
  const inputs = { source: picture, target: picture, mask: maskOf([1]), object: cup, model };
  const params = { instruction: "remove the cup", operation: "remove", replacement: "" } as const;
  const others = [{ ...cup, label: "mug" }, spoon];
  expect(await dataRecaption.run({ ...inputs, others }, params, plainRun)).toEqual(said);
  expect(told).toMatchObject({ instruction: "remove the cup", object: cup, others: [spoon] });
});
