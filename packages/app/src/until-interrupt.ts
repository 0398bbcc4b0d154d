import { stderr } from "node:process";
import { exitCodes } from "./exit-codes.ts";

/** Runs a task with a signal that Ctrl-C aborts; a second Ctrl-C exits. @param notice What happens now, for the message. */
export async function untilInterrupt<T>(
  notice: string,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const listen = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    stderr.write(`\ninterrupted: ${notice} (press again to quit at once)\n`);
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
