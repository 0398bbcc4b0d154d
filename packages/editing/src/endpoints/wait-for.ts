/** Waits for what a signal can end. Throws: the signal's own reason. */
export async function waitFor(
  waiting: Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<void> {
  await waiting.catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw cause;
  });
}

/** Waits a while. Throws: the signal's reason. */
export function pauseFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal?.aborted === true) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
