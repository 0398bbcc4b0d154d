import { openFiles, stLpips } from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { openNetwork } from "../open-network.ts";
import { distanceByNetwork, type PerceptualDistance } from "../perceptual-distance.ts";

/**
 * Opens the header of ST-LPIPS' files.
 * Throws: weights.*.
 * Source: Shift-tolerant Perceptual Similarity Metric (arXiv:2207.13686).
 */
export function openStLpips({ files, digest }: CheckpointComponent): PerceptualDistance {
  const model = { digest, weights: openFiles(files) };
  return distanceByNetwork({
    name: "ST-LPIPS",
    leastSide: 21,
    openFor: (opener, size) => openNetwork(opener, model, stLpips, size),
  });
}
