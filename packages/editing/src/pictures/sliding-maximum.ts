/**
 * Maximum over each value and its neighbours up to `reach` away, in linear time.
 *
 * Source: van Herk, "A fast algorithm for local minimum and maximum filters", 1992.
 */
export function slidingMaximum(row: Uint8Array, reach: number): Uint8Array {
  if (reach === 0) return row;
  const block = 2 * reach + 1;
  const padded = new Uint8Array(Math.ceil((row.length + 2 * reach) / block) * block);
  padded.set(row, reach);
  // Maximum from the block's start to here, and from here to the block's end.
  const before = Uint8Array.from(padded);
  const after = Uint8Array.from(padded);
  for (let at = 1; at < padded.length; at++) {
    if (at % block !== 0) before[at] = Math.max(before[at] ?? 0, before[at - 1] ?? 0);
    const back = padded.length - 1 - at;
    if ((back + 1) % block !== 0) after[back] = Math.max(after[back] ?? 0, after[back + 1] ?? 0);
  }
  return row.map((_, at) => Math.max(after[at] ?? 0, before[at + block - 1] ?? 0));
}
