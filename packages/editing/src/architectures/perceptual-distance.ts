import { unfitArgument } from "../errors.ts";
import { requireSameSize, type Size, sizeText } from "../pictures/canvas.ts";
import type { Picture } from "../pictures/picture.ts";
import type { NetworkOpener, NetworkSession } from "./open-network.ts";
import { stackPictures } from "./stack-pictures.ts";
import { floatsOf, tensorOf } from "./tensor.ts";

/** Tells how far apart two pictures look. */
export interface PerceptualDistance {
  /** The measure's own name, such as "ST-LPIPS": scores of different measures cannot be compared. */
  readonly name: string;
  /**
   * 0 for equal pictures, growing with the difference.
   * Throws: argument.unfit at `reference` for unequal sizes, at `image` for pictures too small for the network.
   */
  measure(opener: NetworkOpener, picture: Picture, reference: Picture): Promise<number>;
}

/** A network that gives one distance for a batch of two pictures. */
interface DistanceNetwork {
  readonly name: string;
  /** Smaller pictures leave the deepest level nothing to compare. */
  readonly leastSide: number;
  openFor(opener: NetworkOpener, size: Size): Promise<NetworkSession>;
}

/** A perceptual distance over a network with the input `pixels` [2, 3, H, W] and the output `distance` [1]. */
export function distanceByNetwork(network: DistanceNetwork): PerceptualDistance {
  const { name, leastSide } = network;
  return {
    name,
    async measure(opener, picture, reference) {
      requireSameSize(picture, reference);
      const { width, height } = picture;
      if (Math.min(width, height) < leastSide) {
        const what = `it has ${sizeText(picture)}; ${name} needs ${leastSide} a side.`;
        throw unfitArgument("image", what, "Enlarge both pictures first, with image.resize.");
      }
      const session = await network.openFor(opener, { width, height });
      const found = await session.run({ pixels: stackPictures(picture, reference) });
      return floatsOf(tensorOf(found, "distance"))[0] ?? Number.NaN;
    },
  };
}
