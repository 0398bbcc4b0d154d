import { expect, test } from "vitest";
import { createTransferProgress } from "./transfer-progress.ts";

function record(isTTY: boolean) {
  const lines: string[] = [];
  let clock = 0;
  const terminal = { isTTY, columns: 100, write: (text: string) => lines.push(text) };
  const progress = createTransferProgress(terminal, () => clock);
  const at = (ms: number, done: number): void => {
    clock = ms;
    const all = { allDone: 1e6 + done, allTotal: 5e6, received: done - 1e6 };
    progress.show({ path: "unet.bin", done, total: 4e6, ...all });
  };
  return { lines, at, progress };
}

test("computes rate and time left from the bytes received, not from those already there", () => {
  const { lines, at, progress } = record(true);
  at(0, 1e6);
  at(1000, 2e6);
  expect(lines.at(-1)).toContain("60 % 2.9 MiB of 4.8 MiB, 976.6 KiB/s, 2 s left  unet.bin");
  at(1050, 2.1e6);
  expect(lines).toHaveLength(2);
  at(1100, 4e6);
  expect(lines.at(-1)).toContain("████████████████████ 100 %");
  progress.end();
  expect(lines.at(-1)).toBe("\n");
});

test("writes a line per file where there is no terminal", () => {
  const { lines, at, progress } = record(false);
  at(0, 1e6);
  at(1000, 4e6);
  progress.end();
  expect(lines).toEqual(["unet.bin: 3.8 MiB\n"]);
});
