import { Worker } from "node:worker_threads";

/** Where a supervisor says on which file descriptor it reads the beats of its process. */
export const beatVariable = "INSIGHTGRAPH_BEATS";

/** Time between two beats. */
const beatMs = 250;

/**
 * Kills the process two seconds after its parent has died, which leaves its runs a moment to end
 * by themselves; a process whose parent dies gets another one, and on Windows keeps the old number.
 * Writes a beat four times a second: the memory of the process and how long its main thread has been
 * blocked. Memory that the system can take back, such as mapped files, does not count.
 * As a text because a thread that starts from a TypeScript file needs a loader.
 */
const watch = `
const { readFileSync, writeSync } = require("node:fs");
const { ticks, beatFd, beatMs, supervisor } = require("node:worker_threads").workerData;
const isGone = () => {
  if (process.ppid !== supervisor) return true;
  try {
    process.kill(supervisor, 0);
    return false;
  } catch {
    return true;
  }
};
const memoryBytes = () => {
  try {
    const kilobytes = /^RssAnon:\\s*(\\d+)/m.exec(readFileSync("/proc/self/status", "latin1"))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {}
  return process.memoryUsage.rss();
};
let beatsLeft = 8;
let seen = 0;
let blockedMs = 0;
setInterval(() => {
  if (isGone() && --beatsLeft === 0) process.kill(process.pid, "SIGKILL");
  const now = Atomics.load(ticks, 0);
  blockedMs = now === seen ? blockedMs + beatMs : 0;
  seen = now;
  try {
    if (beatFd !== undefined) writeSync(beatFd, memoryBytes() + " " + blockedMs + "\\n");
  } catch {}
}, beatMs);
`;

/**
 * Starts a thread that ends this process when its supervisor is gone and sends its beats, even while a native
 * call blocks the main thread.
 */
export function watchProcess(): void {
  const ticks = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(ticks, 0, 1), beatMs).unref();
  const given = process.env[beatVariable];
  // Processes that this one starts have no such descriptor.
  delete process.env[beatVariable];
  const beatFd = given === undefined ? undefined : Number(given);
  // Read here: by the time the thread has started, the supervisor may be gone.
  const workerData = { ticks, beatFd, beatMs, supervisor: process.ppid };
  const thread = new Worker(watch, { eval: true, execArgv: [], workerData });
  // Without the thread, the process still ends by itself unless its main thread is blocked.
  thread.on("error", () => {});
  thread.unref();
}
