import {
  type LpipsBackbone,
  lpips,
  lpipsBackbones,
  ModelError,
  openFiles,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { openNetwork } from "../open-network.ts";
import { distanceByNetwork, type PerceptualDistance } from "../perceptual-distance.ts";

/** Sides from which the deepest level has a pixel. */
const leastSides: Readonly<Record<LpipsBackbone, number>> = { alex: 31, vgg: 16, squeeze: 25 };

function backboneOf({ config, configPath }: CheckpointComponent): LpipsBackbone {
  const found = lpipsBackbones.find((name) => name === config["net"]);
  if (found !== undefined) return found;
  throw new ModelError("config.field", `net: ${JSON.stringify(config["net"])} is no network.`, {
    at: configPath ?? "config.json",
    hint: `Write the network of the weights: ${lpipsBackbones.join(", ")}.`,
  });
}

/**
 * Opens the header of a file with LPIPS' weights; its config names the network.
 * Throws: weights.*, config.field.
 * Source: LPIPS (arXiv:1801.03924).
 */
export function openLpips(component: CheckpointComponent): PerceptualDistance {
  const backbone = backboneOf(component);
  const model = { digest: component.digest, weights: openFiles(component.files) };
  return distanceByNetwork({
    name: `LPIPS (${backbone})`,
    leastSide: leastSides[backbone],
    openFor: (opener, size) => openNetwork(opener, model, lpips, { ...size, backbone }),
  });
}
