import { EngineError } from "@insightgraph/engine/errors";
import { expect, test } from "vitest";
import { patiently } from "./patiently.ts";

const away = new EngineError("jobs.unavailable", "the database is away", { hint: "Start it." });

test("a fault that lasts is told once, is asked about ever more rarely, and its end is told", async () => {
  const lines: string[] = [];
  const waits: number[] = [];
  const answer = await patiently(
    async () => {
      if (waits.length < 10) throw away;
      return "here";
    },
    new AbortController().signal,
    (line) => lines.push(line),
    async (ms) => void waits.push(ms),
  );
  expect(answer).toBe("here");
  expect(lines).toEqual([away.message, "what was away is there again"]);
  const longest = [1, 2, 4, 8, 15, 15, 15, 15, 15, 15].map((seconds) => seconds * 1000);
  for (const [at, ms] of waits.entries()) {
    expect(ms).toBeLessThanOrEqual(longest[at] ?? 0);
    expect(ms).toBeGreaterThanOrEqual(0.75 * (longest[at] ?? 0));
  }
});

test("other faults, and those after the signal, are not waited for", async () => {
  const ask = (thrown: unknown, signal: AbortSignal) =>
    patiently(
      async () => {
        throw thrown;
      },
      signal,
      () => {},
    );
  const fault = new EngineError("objects.unsafe", "it replaces objects", { hint: "Use another." });
  await expect(ask(fault, new AbortController().signal)).rejects.toBe(fault);
  await expect(ask(away, AbortSignal.abort())).rejects.toBe(away);
});
