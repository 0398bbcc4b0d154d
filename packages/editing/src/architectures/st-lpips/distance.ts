import { openFiles, stLpips } from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { unfitArgument } from "../../errors.ts";
import { requireSameSize, sizeText } from "../../pictures/canvas.ts";
import type { Picture } from "../../pictures/picture.ts";
import { toPlanes } from "../../pictures/planes.ts";
import { openNetwork } from "../open-network.ts";
import type { PerceptualDistance } from "../perceptual-distance.ts";
import { floatsOf, type TensorValue, tensorOf } from "../tensor.ts";

/** Smaller pictures leave the deepest level nothing to mirror. */
const leastSide = 21;

/** Shapes: -> [2, 3, H, W] in [-1, 1] */
function stackPictures(picture: Picture, reference: Picture): TensorValue {
  const { width, height, data } = picture;
  const planes = new Float32Array(2 * data.length);
  toPlanes(data, planes);
  toPlanes(reference.data, planes, data.length);
  return { dtype: "float32", shape: [2, 3, height, width], data: planes };
}

/**
 * Opens the header of ST-LPIPS' files.
 * Throws: weights.*.
 * Source: Shift-tolerant Perceptual Similarity Metric (arXiv:2207.13686).
 */
export function openStLpips({ files, digest }: CheckpointComponent): PerceptualDistance {
  const model = { digest, weights: openFiles(files) };
  return {
    name: "ST-LPIPS",
    async measure(opener, picture, reference) {
      requireSameSize(picture, reference);
      const { width, height } = picture;
      if (Math.min(width, height) < leastSide) {
        const what = `it has ${sizeText(picture)}; ST-LPIPS needs ${leastSide} a side.`;
        throw unfitArgument("image", what, "Enlarge both pictures first, with image.resize.");
      }
      const session = await openNetwork(opener, model, stLpips, { width, height });
      const found = await session.run({ pixels: stackPictures(picture, reference) });
      return floatsOf(tensorOf(found, "distance"))[0] ?? Number.NaN;
    },
  };
}
