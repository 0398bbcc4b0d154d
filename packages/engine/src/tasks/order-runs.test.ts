import fc from "fast-check";
import { expect, test } from "vitest";
import { afterTaking, maxInRow, nothingOpen, orderRuns, type RunChoice } from "./order-runs.ts";

const run = fc.record({
  models: fc.subarray(["a", "b", "c"]),
  priority: fc.integer({ min: 0, max: 1 }),
});

/** Which runs get how many of the tasks that one worker takes while every run has some left. */
function takeTasks(given: readonly Omit<RunChoice, "id" | "takenMs">[], tasks: number) {
  let runs = given.map((each, at) => ({ ...each, id: `${at}`, takenMs: at }));
  let open = nothingOpen;
  const taken: string[] = [];
  for (let now = 100; taken.length < tasks; now++) {
    const [first] = orderRuns(runs, open);
    if (first === undefined) return taken;
    taken.push(first.id);
    open = afterTaking(first, open);
    runs = runs.map((each) => (each.id === first.id ? { ...each, takenMs: now } : each));
  }
  return taken;
}

test("[T8] however many tasks a run has, each other one of its priority gets a turn within a bound", () => {
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 5 }), (runs) => {
      const highest = Math.max(...runs.map(({ priority }) => priority));
      const bound = (maxInRow + 1) * runs.length;
      const taken = takeTasks(runs, 3 * bound);
      for (const [at, { priority }] of runs.entries()) {
        const turns = [-1, ...taken.flatMap((id, turn) => (id === `${at}` ? [turn] : []))];
        if (priority < highest) expect(turns).toEqual([-1]);
        else
          for (const [index, turn] of [...turns, taken.length].entries()) {
            if (index > 0) expect(turn - (turns[index - 1] ?? 0)).toBeLessThanOrEqual(bound);
          }
      }
    }),
  );
});

test("[T8] while models are open, runs that need them go first", () => {
  const runs = [
    { models: ["a"], priority: 0 },
    { models: ["b"], priority: 0 },
  ];
  expect(takeTasks(runs, 2 * maxInRow).join("")).toBe("0".repeat(maxInRow) + "1".repeat(maxInRow));
});
