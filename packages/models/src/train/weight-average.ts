import type { Span } from "./flat-parameters.ts";

/** Steps between moves of the average, which each make up for that many. */
export const averagedEvery = 8;

/** How far the average moves after a step: the share of the way to the parameters. */
export function averageShare(keptPerStep: number, step: number): number {
  // A young average forgets faster, or the first weights would stay in it for long.
  const decay = Math.min(keptPerStep, 1 - 10 / (10 + step));
  return step % averagedEvery === 0 ? 1 - decay ** averagedEvery : 0;
}

/** Moves the average towards the parameters in single precision, as the graph of many steps does; in place. */
export function moveAverage(
  average: Float32Array,
  parameters: Float32Array,
  share: number,
  { start, end }: Span,
): void {
  const { fround } = Math;
  const part = fround(share);
  for (let at = start; at < end; at++) {
    const old = average[at] as number;
    average[at] = old + fround(part * fround((parameters[at] as number) - old));
  }
}
