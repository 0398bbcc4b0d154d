import { createRegistry } from "@insightgraph/engine/node";
import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { numberInteger } from "./integer.ts";

test("gives its number, and accepts whole ones only", async () => {
  expect(await numberInteger.run({}, { value: -7 }, plainRun)).toEqual({ number: -7 });
  const { catalogue } = createRegistry([numberInteger]);
  expect(catalogue["number.integer"]?.params["value"]?.kind).toBe("integer");
});
