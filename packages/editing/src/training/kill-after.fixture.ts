import { spawn } from "node:child_process";
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";

/**
 * Starts a script that speaks through `lineWriter`, and kills it without a word once it has said so many lines. It says
 * one more at most, however late the kill comes. @returns what ended it
 */
export async function killAfter(
  lines: number,
  script: string,
  folder: string,
): Promise<NodeJS.Signals | null> {
  const args = [...process.execArgv, script, folder, String(lines + 1)];
  const child = spawn(process.execPath, args);
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once("exit", (_, signal) => resolve(signal));
  });
  let seen = 0;
  for await (const _ of createInterface({ input: child.stdout })) {
    if (++seen === lines) child.kill("SIGKILL");
  }
  return ended;
}

/** Says lines; after the last one that it may say, the process stands still. */
export function lineWriter(most: string | undefined): (line: string) => void {
  let left = Number(most);
  return (line) => {
    writeSync(1, `${line}\n`);
    if (--left === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
}
