import { expect, test } from "vitest";
import { createSilenceNotice } from "./silence-notice.ts";

test("a minute in which nothing comes back is told with its reason, once a minute", async () => {
  const lines: string[] = [];
  let nowMs = 0;
  const notice = createSilenceNotice(
    (line) => lines.push(line),
    async () => "no worker is there",
    () => nowMs,
  );
  const at = async (seconds: number, hasReturned: boolean): Promise<number> => {
    nowMs = seconds * 1000;
    await notice(hasReturned, 7);
    return lines.length;
  };
  const quiet: number[] = [];
  for (const seconds of [59, 119, 120, 150]) quiet.push(await at(seconds, seconds === 59));
  expect(quiet).toEqual([0, 1, 1, 1]);
  expect(await at(180, false)).toBe(2);
  expect(lines[0]).toBe("nothing came back for a minute; 7 items wait: no worker is there");
});
