import type { Detection } from "../architectures/detector.ts";
import type { Mask } from "../pictures/picture.ts";

/** Outlines of objects that were found well take from a quarter to nine tenths of their boxes. */
const usual = { least: 0.2, most: 0.95 } as const;

/** A sentence where an outline takes so little or so much of its box that it is rarely right. */
export function outlineDoubt({ label, box }: Detection, { data }: Mask): string | undefined {
  const area = (box.right - box.left) * (box.bottom - box.top);
  const share = data.filter((value) => value > 0).length / area;
  if (share >= usual.least && share <= usual.most) return undefined;
  const sign = share < usual.least ? "parts may be missing" : "it may hold the background as well";
  return `The outline of "${label}" takes ${Math.round(100 * share)} % of its box: ${sign}. Look at the mask.`;
}
