interface Carried {
  readonly file: string;
  readonly bytes: number;
}

/** Beside the tracked tree, of the 64 MiB that a call may carry. */
const callBytes = 62 * 2 ** 20;

/** Which parts travel together: the largest first, each in the first call that has room. */
export function planCalls(parts: readonly Carried[]): readonly (readonly Carried[])[] {
  const calls: Carried[][] = [];
  const sizeOf = (call: readonly Carried[]): number =>
    call.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const part of parts.toSorted((a, b) => b.bytes - a.bytes)) {
    const call = calls.find((carried) => sizeOf(carried) + part.bytes <= callBytes);
    if (call === undefined) calls.push([part]);
    else call.push(part);
  }
  return calls;
}
