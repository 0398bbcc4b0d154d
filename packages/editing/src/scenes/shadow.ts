/** A soft, flat ellipse at the foot of each object. */
export interface Shadow {
  /** Share of light that is missing at its darkest point. */
  readonly depth: number;
  /** Half of its height in pixels. */
  readonly reach: number;
}

/** The shadow of the scenes that are drawn alike. */
export const contactShadow: Shadow = { depth: 0.38, reach: 7 };
