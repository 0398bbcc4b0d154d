import { requireSize } from "../pictures/canvas.ts";
import type { Mask } from "../pictures/picture.ts";
import type { MetricFacts } from "./metric.ts";
import { selectedBy } from "./region.ts";

/** Source: Jaccard 1912. */
export const maskIou: MetricFacts = {
  name: "IoU",
  formula: "|A ∩ B| / |A ∪ B|",
  range: [0, 1],
  direction: "higher",
  scale: "share of pixels; a mask selects a pixel from 128 of 255 on",
  source: "Jaccard 1912",
};

/** The overlap of two masks; NaN where both are empty. Throws: argument.unfit at `reference`. */
export function measureIou(mask: Mask, reference: Mask): number {
  requireSize("reference", reference, mask, "Resize one of the masks first, with mask.resize.");
  const [a, b] = [selectedBy(mask), selectedBy(reference)];
  let [both, either] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    both += (a[at] as number) & (b[at] as number);
    either += (a[at] as number) | (b[at] as number);
  }
  return both / either;
}
