import type { Span } from "./flat-parameters.ts";

/** How the exponential moving average of the weights is kept. */
export interface AverageOptions {
  /** Share of the average that is kept in each step. */
  readonly decay: number;
  /** Steps between moves of the average; each move makes up for that many. */
  readonly every: number;
  /** At step t at most t / (warmUp + t) is kept, so that the first weights do not stay in it for long. */
  readonly warmUp: number;
}

/** How far the average moves after a step: the share of the way to the parameters. */
export function averageShare({ decay, every, warmUp }: AverageOptions, step: number): number {
  const kept = Math.min(decay, 1 - warmUp / (warmUp + step));
  return step % every === 0 ? 1 - kept ** every : 0;
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
