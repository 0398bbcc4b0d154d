import { nanodetStrides } from "@insightgraph/models";
import { type Box, type Detection, suppress } from "../detector.ts";

/** What the network found, row by row: scores [P, labels], distances [P, 4 bins]. */
export interface NanodetOutput {
  readonly scores: Float32Array;
  readonly distances: Float32Array;
}

/** What decoding takes besides. */
export interface DecodeOptions {
  readonly labels: readonly string[];
  readonly imageSize: number;
  readonly bins: number;
  readonly threshold: number;
}

/** Centre of a place, and how far the next one lies. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly stride: number;
}

function placesOf(imageSize: number): readonly Place[] {
  return nanodetStrides.flatMap((stride) => {
    const side = imageSize / stride;
    return Array.from({ length: side * side }, (_, at) => ({
      x: ((at % side) + 0.5) * stride,
      y: (Math.floor(at / side) + 0.5) * stride,
      stride,
    }));
  });
}

/** Mean of the distribution over 0, 1, 2, … that the logits stand for. */
function expectation(logits: Float32Array): number {
  const highest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - highest));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.reduce((total, weight, bin) => total + weight * bin, 0) / sum;
}

function boxAt({ x, y, stride }: Place, logits: Float32Array, bins: number): Box {
  const reach = (side: number): number =>
    stride * expectation(logits.subarray(side * bins, (side + 1) * bins));
  return { left: x - reach(0), top: y - reach(1), right: x + reach(2), bottom: y + reach(3) };
}

/**
 * Objects in the network's square input, surest first.
 * Source: Generalized Focal Loss (arXiv:2006.04388), eq. 4 for the distances; suppression class by class.
 */
export function decodeNanodet(
  { scores, distances }: NanodetOutput,
  { labels, imageSize, bins, threshold }: DecodeOptions,
): readonly Detection[] {
  const found: Detection[] = [];
  for (const [at, place] of placesOf(imageSize).entries()) {
    const row = scores.subarray(at * labels.length, (at + 1) * labels.length);
    for (const [index, score] of row.entries()) {
      if (score < threshold) continue;
      const sides = distances.subarray(at * 4 * bins, (at + 1) * 4 * bins);
      found.push({ label: labels[index] ?? "", score, box: boxAt(place, sides, bins) });
    }
  }
  return suppress(found);
}
