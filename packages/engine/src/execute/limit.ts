/** Runs at most `max` tasks at once; the others wait in the order they came. */
export function createLimit(max: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  // Entries before `head` have started.
  let head = 0;
  let running = 0;
  const leave = (): void => {
    // The slot passes to the next in line, so `running` stays the same.
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
