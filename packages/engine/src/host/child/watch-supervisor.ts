import { Worker } from "node:worker_threads";

/**
 * Kills the process two seconds after its parent has died, which leaves its runs a moment to end
 * by themselves. A process whose parent dies gets another one; on Windows it keeps the old number.
 * As a text because a thread that starts from a TypeScript file needs a loader.
 */
const watch = `
const supervisor = process.ppid;
const isGone = () => {
  if (process.ppid !== supervisor) return true;
  try {
    process.kill(supervisor, 0);
    return false;
  } catch {
    return true;
  }
};
let checksLeft = 4;
setInterval(() => {
  if (isGone() && --checksLeft === 0) process.kill(process.pid, "SIGKILL");
}, 500);
`;

/** Ends this process when its supervisor is gone, even while a native call blocks the main thread. */
export function watchSupervisor(): void {
  const thread = new Worker(watch, { eval: true, execArgv: [] });
  // Without the thread, the process still ends by itself unless its main thread is blocked.
  thread.on("error", () => {});
  thread.unref();
}
