import { stderr } from "node:process";
import { exitCodes } from "./exit-codes.ts";

/** Runs a task with a signal that Ctrl-C aborts; the second Ctrl-C ends this process. */
export async function untilInterrupt<T>(
  notice: string,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const listen = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    stderr.write(`\ninterrupted: ${notice} (once more to end at once)\n`);
    controller.abort();
  };
  process.on("SIGINT", listen);
  process.on("SIGTERM", listen);
  try {
    return await task(controller.signal);
  } finally {
    process.off("SIGINT", listen);
    process.off("SIGTERM", listen);
  }
}
