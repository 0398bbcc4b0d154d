import { expect, test } from "vitest";
import { createSilenceNotice } from "./silence-notice.ts";

test("a minute in which nothing comes back is told, once a minute", () => {
  const lines: string[] = [];
  let nowMs = 0;
  const notice = createSilenceNotice(
    (line) => lines.push(line),
    () => nowMs,
  );
  const at = (seconds: number, hasReturned: boolean): number => {
    nowMs = seconds * 1000;
    notice(hasReturned, 7);
    return lines.length;
  };
  expect([at(59, false), at(59.5, true), at(119, false), at(120, false), at(150, false)]).toEqual([
    0, 0, 0, 1, 1,
  ]);
  expect(at(180, false)).toBe(2);
  expect(lines[0]).toContain("7 items wait for workers");
});
