/** Runs at most `max` of the given tasks at once; the others wait in order of asking. */
export function createLimit(max: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  // Those before `head` have had their turn.
  let head = 0;
  let running = 0;
  return async (task) => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      // The place passes on to the next in line, so `running` counts it still.
      const next = waiting[head];
      if (next === undefined) {
        running--;
        waiting.length = head = 0;
      } else {
        head++;
        next();
      }
    }
  };
}
