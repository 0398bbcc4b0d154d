/** Runs at most `max` of the given tasks at once; the others wait in order of asking. */
export function createLimit(max: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  // Those before `head` have had their turn.
  let head = 0;
  let running = 0;
  const leave = (): void => {
    // The place passes on to the next in line, so `running` counts it still.
    const next = waiting[head];
    if (next === undefined) {
      running--;
      waiting.length = head = 0;
    } else {
      head++;
      next();
    }
  };
  const enter = <T>(task: () => Promise<T>): Promise<T> => {
    const result = task();
    result.then(leave, leave);
    return result;
  };
  return <T>(task: () => Promise<T>) => {
    if (running < max) {
      running++;
      return enter(task);
    }
    return new Promise<void>((resolve) => waiting.push(resolve)).then(() => enter(task));
  };
}
