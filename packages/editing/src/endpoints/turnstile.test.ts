import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTurnstile } from "./turnstile.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const free = { concurrency: 10, perMinute: 0 };

test("spreads questions over a minute", async () => {
  const { enter } = createTurnstile();
  const times: number[] = [];
  const start = Date.now();
  const all = Array.from({ length: 4 }, async () => {
    await enter({ ...free, perMinute: 30 });
    times.push(Date.now() - start);
  });
  await vi.advanceTimersByTimeAsync(60_000);
  await Promise.all(all);
  expect(times).toEqual([0, 2000, 4000, 6000]);
});

test("lets nobody in during a pause", async () => {
  const { enter, pause } = createTurnstile();
  void pause(5000);
  let isInside = false;
  const entered = enter(free).then(() => {
    isInside = true;
  });
  await vi.advanceTimersByTimeAsync(4999);
  expect(isInside).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await entered;
  expect(isInside).toBe(true);
});

test("gives up a turn that is cancelled while it waits", async () => {
  const { enter } = createTurnstile();
  const one = { concurrency: 1, perMinute: 0 };
  const leave = await enter(one);
  const control = new AbortController();
  const second = enter(one, control.signal);
  const third = enter(one);
  control.abort(new Error("stopped"));
  await expect(second).rejects.toThrow("stopped");
  leave();
  await expect(third).resolves.toBeTypeOf("function");
});
