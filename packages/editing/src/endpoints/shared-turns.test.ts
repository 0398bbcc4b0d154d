import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSharedTurnstile, type SharedTurns } from "./shared-turns.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const limits = { concurrency: 1, perMinute: 30 };
const address = "http://127.0.0.1:1/v1";

/** Turns that others share: one place, and the waits that are given out one after the other. */
function oneplace(waits: readonly number[], pauses: readonly number[] = []) {
  const [left, asked] = [[...waits], [...pauses]];
  let isTaken = false;
  const turns: SharedTurns = {
    async enter(_address, _limits, signal) {
      while (isTaken) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        signal?.throwIfAborted();
      }
      isTaken = true;
      return {
        waitMs: left.shift() ?? 0,
        leave() {
          isTaken = false;
        },
      };
    },
    pause: async () => {},
    pausedMs: async () => asked.shift() ?? 0,
  };
  return turns;
}

test("a turn begins after its wait, and after a pause that began meanwhile", async () => {
  const { enter } = createSharedTurnstile(oneplace([3000], [500, 0]), address);
  const start = Date.now();
  const entered = enter(limits).then(() => Date.now() - start);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await entered).toBe(3500);
});

test("whoever is cancelled while it waits gives its place to the next one", async () => {
  const { enter } = createSharedTurnstile(oneplace([0, 60_000, 0]), address);
  const leave = await enter(limits);
  const [inTurn, queued] = [new AbortController(), new AbortController()];
  const second = enter(limits, inTurn.signal);
  const third = enter(limits, queued.signal);
  const fourth = enter(limits);
  queued.abort(new Error("stopped"));
  await expect(third).rejects.toThrow("stopped");
  leave();
  await vi.advanceTimersByTimeAsync(1000);
  inTurn.abort(new Error("ended"));
  await expect(second).rejects.toThrow("ended");
  await vi.advanceTimersByTimeAsync(1000);
  await expect(fourth).resolves.toBeTypeOf("function");
});
