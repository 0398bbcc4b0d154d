/** How a few timesteps are chosen among the training's. Source: arXiv:2305.08891, table 2. */
export const spacings = ["leading", "linspace", "trailing"] as const;
/** A spacing of timesteps. */
export type Spacing = (typeof spacings)[number];

/** What decides which training timesteps a run uses. */
export interface SpacingOptions {
  readonly spacing: Spacing;
  /** Training timesteps. */
  readonly total: number;
  /** Added to "leading" timesteps. */
  readonly offset: number;
  /** Keeps the fractions of "linspace". */
  readonly fractions?: boolean;
  /** Timesteps at the end of the training's that are left out. */
  readonly skipped?: number;
  /** Spreads one timestep more and leaves the last one out ("leading" and "linspace"). */
  readonly leavesLast?: boolean;
}

/** Halves go to the even neighbour, as in numpy. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** numpy's linspace from 0. */
function linspace(last: number, count: number): number[] {
  const gap = last / (count - 1);
  return Array.from({ length: count }, (_, at) =>
    at === 0 ? 0 : at === count - 1 ? last : at * gap,
  );
}

/** numpy's arange from `first` down to above 0; its second value fixes the gap. */
function countDown(first: number, gap: number): number[] {
  const stride = first - gap - first;
  return Array.from({ length: Math.ceil(first / gap) }, (_, at) => first + at * stride);
}

/** Timesteps for so many steps, descending; to the unit those of diffusers. */
export function spaceTimesteps(count: number, options: SpacingOptions): readonly number[] {
  const { spacing, total, offset, fractions = false, skipped = 0, leavesLast = false } = options;
  const usable = total - skipped;
  if (spacing === "trailing") {
    return countDown(usable, total / count).map((t) => roundHalfEven(t) - 1);
  }
  const spread = leavesLast ? count + 1 : count;
  const ascending =
    spacing === "leading"
      ? Array.from({ length: spread }, (_, at) => at * Math.floor(usable / spread) + offset)
      : linspace(usable - 1, spread).map((t) => (fractions ? Math.fround(t) : roundHalfEven(t)));
  return ascending.reverse().slice(0, count);
}
