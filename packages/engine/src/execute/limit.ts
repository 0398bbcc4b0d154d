/** Runs at most `max` of the given tasks at once; the others wait in order of asking. */
export function createLimit(max: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      // The place passes on to the next in line, so `running` counts it still.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
