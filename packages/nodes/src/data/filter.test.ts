import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { dataFilter } from "./filter.ts";

const limits = { faults: "", leastSc: 3, leastPq: 3, leastOverall: 3 };

test("accepts what reaches every limit, and what was not scored", async () => {
  const accepted = { keep: true, reason: "" };
  expect(await dataFilter.run({ sc: 3, pq: 5, overall: 3.9 }, limits, plainRun)).toEqual(accepted);
  expect(await dataFilter.run({}, limits, plainRun)).toEqual(accepted);
});

test("rejects with every reason", async () => {
  const params = { ...limits, faults: "the mask is empty\n\nthe picture is blurred (1.0)" };
  expect(await dataFilter.run({ sc: 2.999, pq: 5, overall: Number.NaN }, params, plainRun)).toEqual(
    {
      keep: false,
      reason:
        "the mask is empty; the picture is blurred (1.0); SC 2.999 is below 3; overall NaN is below 3",
    },
  );
});
