import { expect, test } from "vitest";
import { planCalls } from "./plan-calls.ts";

const part = (file: string, mebibytes: number) => ({ file, bytes: mebibytes * 2 ** 20 });

test("small parts travel beside others, and no call carries more than 62 MiB", () => {
  const parts = [part("a", 10), part("b", 60), part("c", 40), part("d", 22), part("e", 1)];
  const names = planCalls(parts).map((call) => call.map(({ file }) => file));
  expect(names).toEqual([["b", "e"], ["c", "d"], ["a"]]);
});
