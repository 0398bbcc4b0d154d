import type { TensorValue } from "@insightgraph/engine/node";
import { floatsOf } from "../model/tensor-of.ts";
import type { Picture } from "../port-types.ts";
import { pictureOf } from "./pixels.ts";

/** A linear map from a latent pixel to a square of RGB, good enough to watch a picture come about. */
export interface LatentColours {
  /** Side of the square. */
  readonly patch: number;
  /** [C, 3, patch, patch] */
  readonly weight: Float32Array;
  /** [3] */
  readonly bias: Float32Array;
}

export interface Latent {
  /** [1, C, h, w] */
  readonly tensor: TensorValue;
  readonly colours: LatentColours;
}

/** Paints a latent without its decoder. */
export function paintLatent({ tensor, colours }: Latent): Picture {
  const [, channels = 0, height = 0, width = 0] = tensor.shape;
  const { patch, weight, bias } = colours;
  const values = floatsOf(tensor);
  const [wide, high] = [width * patch, height * patch];
  const planes = Float32Array.from({ length: 3 * high * wide }, (_, at) => {
    const [colour, y, x] = [
      Math.floor(at / (high * wide)),
      Math.floor(at / wide) % high,
      at % wide,
    ];
    const cell = Math.floor(y / patch) * width + Math.floor(x / patch);
    const place = (colour * patch + (y % patch)) * patch + (x % patch);
    let sum = bias[colour] ?? 0;
    for (let channel = 0; channel < channels; channel++) {
      const part = weight[channel * 3 * patch * patch + place] ?? 0;
      sum += part * (values[channel * height * width + cell] ?? 0);
    }
    return sum;
  });
  return pictureOf(planes, wide, high);
}
