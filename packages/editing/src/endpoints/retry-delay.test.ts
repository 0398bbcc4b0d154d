import { expect, test } from "vitest";
import { askedPauseMs, backoffMs } from "./retry-delay.ts";

test("reads seconds and dates", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  expect(askedPauseMs("2", now)).toBe(2000);
  expect(askedPauseMs("0.5", now)).toBe(500);
  expect(askedPauseMs("Thu, 01 Jan 2026 00:00:03 GMT", now)).toBe(3000);
  expect(askedPauseMs("Wed, 31 Dec 2025 23:59:00 GMT", now)).toBe(0);
  expect(askedPauseMs("soon", now)).toBeUndefined();
  expect(askedPauseMs(null, now)).toBeUndefined();
});

test("doubles up to half a minute, less a random quarter", () => {
  const least = [0, 1, 2, 10].map((attempt) => backoffMs(attempt, 500, () => 1));
  const most = [0, 1, 2, 10].map((attempt) => backoffMs(attempt, 500, () => 0));
  expect(most).toEqual([500, 1000, 2000, 30_000]);
  expect(least).toEqual(most.map((ms) => ms * 0.75));
});
