import { expect, test } from "vitest";
import { runContext } from "../model/node-run.fixture.ts";
import { metricOfKind } from "./of-kind.ts";

test.each([
  ["reasoning", 0.25],
  ["simple", Number.NaN],
  ["", Number.NaN],
])("a score of kind %j counts as %d for reasoning", async (kind, expected) => {
  const run = metricOfKind.run({ score: 0.25, kind }, { wanted: "reasoning" }, runContext());
  expect(await run).toEqual({ score: expected });
});
